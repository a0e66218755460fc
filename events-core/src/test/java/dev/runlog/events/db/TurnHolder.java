package dev.runlog.events.db;

import java.nio.file.Path;
import java.time.Duration;

/** A process that takes the turn of a database, says so, and never passes it on. */
final class TurnHolder {

  static final String HOLDS_IT = "holds it";

  private TurnHolder() {}

  public static void main(String[] args) throws Exception {
    LockDeadline deadline = new LockDeadline(Duration.ofSeconds(30));
    new QueuedTurn(Path.of(args[0]), deadline, Duration.ZERO).take();
    System.out.println(HOLDS_IT);
    System.in.read();
  }
}

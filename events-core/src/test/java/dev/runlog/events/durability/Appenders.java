package dev.runlog.events.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.OtherJvm;
import dev.runlog.events.db.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Several {@link Appender}s on one database, and all that they were ever acknowledged. */
final class Appenders implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DatabaseSettings database;
  private final Path directory;
  private final List<OtherJvm> running = new ArrayList<>();
  private final List<Path> acknowledgements = new ArrayList<>();

  private Appenders(DatabaseSettings database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  /** Starts them and waits until all can append and a first step is acknowledged. */
  static Appenders start(int count, DatabaseSettings database, Path directory) throws IOException {
    Appenders appenders = new Appenders(database, directory);
    for (int i = 0; i < count; i++) {
      appenders.running.add(appenders.startOne());
    }
    for (OtherJvm appender : appenders.running) {
      appender.awaitLine(Appender.READY);
    }
    // A process is ready before it has loaded what only its second event needs.
    appenders.awaitMore(1);
    return appenders;
  }

  int count() {
    return running.size();
  }

  /** Sends SIGKILL to one of them, which must be alive, and starts another in its place. */
  void killAndReplace(int index) throws IOException {
    OtherJvm victim = running.get(index);
    assertThat(victim.isAlive()).as("no appender ends by itself").isTrue();
    victim.kill();
    running.set(index, startOne());
  }

  /** Stops all of them with SIGSTOP, wherever they are. */
  void freeze() throws IOException, InterruptedException {
    signalAll("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signalAll("-CONT");
  }

  /** All that was acknowledged so far, also to those that are dead. */
  List<Step> acknowledged() throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Path file : acknowledgements) {
      if (Files.exists(file)) {
        steps.addAll(Step.all(Files.readString(file)));
      }
    }
    return steps;
  }

  /** Waits until so many more steps were acknowledged. */
  void awaitMore(int steps) throws IOException {
    int enough = acknowledged().size() + steps;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged().size() < enough) {
      assertThat(running).as("no appender ends by itself").allMatch(OtherJvm::isAlive);
      assertThat(System.nanoTime()).as("appending goes on").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Tells all to end, which they must do without an error. */
  void end() throws IOException {
    for (OtherJvm appender : running) {
      appender.endInput();
    }
    for (OtherJvm appender : running) {
      assertThat(appender.awaitEnd()).as("exit code of an appender").isZero();
    }
    running.clear();
  }

  @Override
  public void close() {
    running.forEach(OtherJvm::close);
  }

  private OtherJvm startOne() throws IOException {
    Path file = directory.resolve("acknowledged-" + acknowledgements.size());
    acknowledgements.add(file);
    return OtherJvm.start(
        Appender.class, database.location(), database.durability().wireName(), file.toString());
  }

  private void signalAll(String signal) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    running.forEach(appender -> command.add(Long.toString(appender.pid())));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}

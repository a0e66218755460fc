package dev.runlog.benchmarks.tasks;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Runlog's queue with one run that submits, claims and ends tasks. Thread-safe. */
final class BenchQueue implements AutoCloseable {

  private static final List<String> KINDS = List.of(TaskSpec.prompt("nothing").kind());

  private final Database database;
  private final TaskQueue queue;
  private final Emitter emitter;

  private BenchQueue(Database database) {
    this.database = database;
    EventLog log = new EventLog(database, InstantSource.system());
    this.queue = new TaskQueue(database, log, InstantSource.system());
    this.emitter =
        log.start(Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
  }

  static BenchQueue open(DatabaseSettings settings) {
    return new BenchQueue(Database.open(settings));
  }

  void submit(int count) {
    queue.submit(emitter, Collections.nCopies(count, TaskSpec.prompt("nothing")));
  }

  /** Takes a task, empty when none is left. */
  Optional<Claim> claim() {
    return queue.claimNext(emitter, KINDS);
  }

  /** Ends a task and takes the next one, empty when none is left. */
  Optional<Claim> completeAndClaim(Claim claim) {
    return queue.completeAndClaimNext(emitter, claim, "{}", () -> KINDS);
  }

  void complete(Claim claim) {
    queue.complete(emitter, claim, "{}");
  }

  @Override
  public void close() {
    database.close();
  }
}

package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.TaskRetried;
import dev.runlog.events.payload.TaskSubmitted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Puts tasks into the queue: new ones, and again those that ended without a result. */
final class Submissions {

  private final EventLog log;
  private final TaskMoves moves;
  private final InstantSource clock;

  Submissions(EventLog log, TaskMoves moves, InstantSource clock) {
    this.log = log;
    this.moves = moves;
    this.clock = clock;
  }

  Submission submit(Transaction transaction, Emitter by, TaskSpec spec) {
    Optional<TaskId> twin = spec.uniqueKey().flatMap(key -> UniqueKeys.reserve(transaction, key));
    if (twin.isPresent()) {
      return new Submission(twin.get(), false);
    }
    Instant now = clock.instant();
    Instant runAt = spec.runAt().orElse(now);
    TaskId id = moves.insert(transaction, spec, runAt, now, by.runId());
    log.append(
        transaction,
        by,
        new TaskSubmitted(
            id.value(), spec.kind(), 0, spec.priority(), runAt.toEpochMilli(), spec.maxAttempts()));
    return new Submission(id, true);
  }

  EventId retry(Transaction transaction, Emitter by, TaskId id) {
    Task task = TaskRows.require(transaction, id);
    task.requireRetriable();
    task.uniqueKey().ifPresent(key -> requireFree(transaction, key));
    RowChange.queued(clock.instant())
        .with(TASKS.ATTEMPT, 0L)
        .with(TASKS.CRASHES, 0L)
        .with(TASKS.CANCEL_REQUESTED_AT, null)
        .apply(transaction, id);
    return log.append(transaction, by, new TaskRetried(id.value(), task.kind(), 0));
  }

  private static void requireFree(Transaction transaction, String uniqueKey) {
    UniqueKeys.reserve(transaction, uniqueKey)
        .ifPresent(
            live -> {
              throw new InvalidTaskException(
                  "task "
                      + live
                      + " with the same unique key '"
                      + uniqueKey
                      + "' is still queued or claimed");
            });
  }
}

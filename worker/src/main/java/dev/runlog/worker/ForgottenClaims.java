package dev.runlog.worker;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.Outage;
import java.util.List;

/**
 * Gives back what the worker's own run holds without knowing it: when a database goes away in the
 * middle of a commit, the claim in it may stand although the worker was told that it failed. Nobody
 * else would release such a task as long as the worker lives. Not thread-safe.
 */
final class ForgottenClaims {

  private final Emitter emitter;
  private final Database database;
  private final TaskQueue queue;
  private final Outage outage;
  private long failuresSeen;

  /**
   * @param outage through which all claims of the worker go
   */
  ForgottenClaims(RunContext context, TaskQueue queue, Outage outage) {
    this.emitter = context.emitter();
    this.database = context.database();
    this.queue = queue;
    this.outage = outage;
  }

  /**
   * Gives them back, if the database was away since the last time. Only to be called while the
   * worker runs no task.
   *
   * @return the tasks that went back to the queue, without having used up an attempt
   */
  List<TaskId> giveBack() {
    long failures = outage.failures();
    if (failures == failuresSeen) {
      return List.of();
    }
    List<TaskId> released =
        database.write(
            transaction ->
                queue.releaseHeldBy(transaction, emitter, emitter.runId(), ReleaseCause.SHUTDOWN));
    failuresSeen = failures;
    return released;
  }
}

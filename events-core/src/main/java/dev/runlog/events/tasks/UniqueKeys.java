package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Transaction;
import java.util.Optional;
import org.jooq.impl.DSL;

/** Unique keys, of which at most one queued or claimed task has each. */
final class UniqueKeys {

  private UniqueKeys() {}

  /**
   * The live task that has the key, which nobody else can give to a task until the transaction
   * ends: two who look at once would both find that it is free.
   */
  static Optional<TaskId> reserve(Transaction transaction, String key) {
    transaction.serialize("tasks " + key);
    return transaction
        .sql()
        .select(TASKS.ID)
        .from(TASKS)
        .where(TASKS.UNIQUE_KEY.eq(key))
        .and(
            TASKS.STATE.in(
                DSL.inline(TaskState.QUEUED.wireName()), DSL.inline(TaskState.CLAIMED.wireName())))
        .fetchOptional(TASKS.ID)
        .map(TaskId::new);
  }
}

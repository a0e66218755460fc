package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A change of a task's row that does not come from its holder. */
final class RowChange {

  private final Map<Field<?>, @Nullable Object> values = new HashMap<>();

  /** It waits in the queue, held by nobody. */
  static RowChange queued(Instant runAt) {
    return unheld(TaskState.QUEUED)
        .with(TASKS.RUN_AT, runAt.toEpochMilli())
        .with(TASKS.FINISHED_AT, null);
  }

  /** It has ended. */
  static RowChange finished(TaskState state, Instant at) {
    return unheld(state).with(TASKS.FINISHED_AT, at.toEpochMilli());
  }

  <T> RowChange with(Field<T> column, @Nullable T value) {
    values.put(column, value);
    return this;
  }

  void apply(Transaction transaction, TaskId id) {
    transaction.sql().update(TASKS).set(values).where(TASKS.ID.eq(id.value())).execute();
  }

  private static RowChange unheld(TaskState state) {
    return new RowChange()
        .with(TASKS.STATE, state.wireName())
        .with(TASKS.CLAIMED_AT, null)
        .with(TASKS.CLAIMED_BY, null)
        .with(TASKS.CLAIM_EVENT_ID, null);
  }
}

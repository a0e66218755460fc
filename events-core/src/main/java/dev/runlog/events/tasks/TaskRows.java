package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Rows of the tasks table as tasks. */
final class TaskRows {

  private TaskRows() {}

  /**
   * A task that nobody else changes until the transaction ends.
   *
   * @throws InvalidTaskException when there is none of that id
   */
  static Task require(Transaction transaction, TaskId id) {
    DSLContext sql = transaction.sql();
    return Rows.locked(sql, sql.selectFrom(TASKS).where(TASKS.ID.eq(id.value())))
        .fetchOptional(TaskRows::toTask)
        .orElseThrow(
            () ->
                new InvalidTaskException(
                    "there is no task " + id + "; 'runlog tasks list' shows the tasks"));
  }

  /** What a run holds, which nobody else changes until the transaction ends. */
  static List<Task> heldBy(Transaction transaction, RunId holder) {
    DSLContext sql = transaction.sql();
    return Rows.locked(
            sql,
            sql.selectFrom(TASKS)
                .where(TASKS.STATE.eq(DSL.inline(TaskState.CLAIMED.wireName())))
                .and(TASKS.CLAIMED_BY.eq(holder.value()))
                .orderBy(TASKS.ID))
        .fetch(TaskRows::toTask);
  }

  static Task toTask(Record row) {
    return new Task(
        new TaskId(row.get(TASKS.ID)),
        row.get(TASKS.KIND),
        TaskState.ofWireName(row.get(TASKS.STATE)),
        row.get(TASKS.PRIORITY).intValue(),
        Instant.ofEpochMilli(row.get(TASKS.RUN_AT)),
        row.get(TASKS.ATTEMPT).intValue(),
        row.get(TASKS.MAX_ATTEMPTS).intValue(),
        row.get(TASKS.CRASHES).intValue(),
        Optional.ofNullable(row.get(TASKS.UNIQUE_KEY)),
        row.get(TASKS.REQUEST),
        Optional.ofNullable(row.get(TASKS.RESULT)),
        Optional.ofNullable(row.get(TASKS.ERROR)),
        Instant.ofEpochMilli(row.get(TASKS.SUBMITTED_AT)),
        new RunId(row.get(TASKS.SUBMITTED_BY)),
        Optional.ofNullable(row.get(TASKS.CLAIMED_AT)).map(Instant::ofEpochMilli),
        Optional.ofNullable(row.get(TASKS.CLAIMED_BY)).map(RunId::new),
        Optional.ofNullable(row.get(TASKS.CLAIM_EVENT_ID)).map(EventId::new),
        Optional.ofNullable(row.get(TASKS.CANCEL_REQUESTED_AT)).map(Instant::ofEpochMilli),
        Optional.ofNullable(row.get(TASKS.FINISHED_AT)).map(Instant::ofEpochMilli));
  }
}

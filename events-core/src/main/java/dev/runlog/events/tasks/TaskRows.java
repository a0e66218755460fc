package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.log.RunId;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Record;

/** Turns rows of the tasks table into tasks. */
final class TaskRows {

  private TaskRows() {}

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
        Optional.ofNullable(row.get(TASKS.FINISHED_AT)).map(Instant::ofEpochMilli));
  }
}

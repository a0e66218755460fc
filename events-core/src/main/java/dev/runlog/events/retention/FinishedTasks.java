package dev.runlog.events.retention;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** The tasks that have ended, by who submitted them; found by one walk over the table. */
final class FinishedTasks {

  private static final int PAGE = 5000;

  private static final Condition IS_FINAL =
      TASKS.STATE.in(
          Stream.of(TaskState.values())
              .filter(TaskState::isFinal)
              .map(state -> DSL.inline(state.wireName()))
              .toList());

  private final Database database;

  FinishedTasks(Database database) {
    this.database = database;
  }

  /** The ids of those that one of the runs submitted. */
  List<Long> submittedBy(Set<RunId> runs) {
    List<Long> ids = new ArrayList<>();
    Result<Record2<Long, Long>> page = page(0);
    while (!page.isEmpty()) {
      for (Record2<Long, Long> task : page) {
        if (runs.contains(new RunId(task.value2()))) {
          ids.add(task.value1());
        }
      }
      page = page(page.get(page.size() - 1).value1());
    }
    return ids;
  }

  /** Removes those of the tasks that are still final, in one transaction; returns how many. */
  int remove(List<Long> ids) {
    return database.write(
        transaction ->
            transaction.sql().deleteFrom(TASKS).where(TASKS.ID.in(ids)).and(IS_FINAL).execute());
  }

  private Result<Record2<Long, Long>> page(long after) {
    return database.read(
        sql ->
            sql.select(TASKS.ID, TASKS.SUBMITTED_BY)
                .from(TASKS)
                .where(TASKS.ID.gt(after))
                .and(IS_FINAL)
                .orderBy(TASKS.ID)
                .limit(PAGE)
                .fetch());
  }
}

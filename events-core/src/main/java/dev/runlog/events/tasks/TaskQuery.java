package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.impl.DSL;

/** Reads tasks. Thread-safe. */
public final class TaskQuery {

  private final Database database;

  public TaskQuery(Database database) {
    this.database = database;
  }

  public Optional<Task> find(TaskId id) {
    return database.read(
        sql ->
            sql.selectFrom(TASKS).where(TASKS.ID.eq(id.value())).fetchOptional(TaskRows::toTask));
  }

  /**
   * The newest tasks in these states, newest first.
   *
   * @param states none for all
   * @param limit the most tasks to return
   */
  public List<Task> newest(Collection<TaskState> states, int limit) {
    List<String> names = states.stream().map(TaskState::wireName).toList();
    return database.read(
        sql ->
            sql.selectFrom(TASKS)
                .where(names.isEmpty() ? DSL.noCondition() : TASKS.STATE.in(names))
                .orderBy(TASKS.ID.desc())
                .limit(limit)
                .fetch(TaskRows::toTask));
  }

  /** How many tasks are in each state. */
  public TaskCounts counts() {
    return database.read(
        sql -> {
          Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
          sql.select(TASKS.STATE, DSL.count())
              .from(TASKS)
              .groupBy(TASKS.STATE)
              .forEach(
                  row -> counts.put(TaskState.ofWireName(row.value1()), row.value2().longValue()));
          return new TaskCounts(counts);
        });
  }

  /**
   * Whether a task of these kinds could be claimed now. Cheap, and takes no lock: to be asked
   * before a claim is tried.
   */
  public boolean isAnyDue(Collection<String> kinds, Instant now) {
    return database.read(sql -> sql.fetchExists(Due.oneOf(sql, kinds, now)));
  }
}

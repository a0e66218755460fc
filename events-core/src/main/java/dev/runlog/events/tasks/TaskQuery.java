package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;
import static dev.runlog.events.schema.Tables.TASK_KINDS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
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

  /** How many tasks are in each state; probes of a supervisor are no tasks of anybody. */
  public TaskCounts counts() {
    return counts(DSL.noCondition());
  }

  /** How many tasks ended since a time, by the state that they ended in, without probes. */
  public TaskCounts countsFinishedSince(Instant since) {
    return counts(TASKS.FINISHED_AT.ge(since.toEpochMilli()));
  }

  /** The newest tasks that failed since a time, newest first, without probes. */
  public List<Task> failedSince(Instant since, int limit) {
    return database.read(
        sql ->
            sql.selectFrom(TASKS)
                .where(TASKS.STATE.eq(TaskState.FAILED.wireName()))
                .and(TASKS.FINISHED_AT.ge(since.toEpochMilli()))
                .and(isNoProbe())
                .orderBy(TASKS.ID.desc())
                .limit(limit)
                .fetch(TaskRows::toTask));
  }

  /** Whether nothing is queued and nothing is held. Cheap, however many tasks have ended. */
  public boolean isDrained() {
    return database.read(sql -> !isAny(sql, TaskState.QUEUED) && !isAny(sql, TaskState.CLAIMED));
  }

  /** What is queued, by kind. */
  public List<Backlog> backlogs() {
    return database.read(
        sql ->
            sql.select(TASKS.KIND, DSL.count(), DSL.min(TASKS.RUN_AT))
                .from(TASKS)
                .where(TASKS.STATE.eq(DSL.inline(TaskState.QUEUED.wireName())))
                .groupBy(TASKS.KIND)
                .orderBy(TASKS.KIND)
                .fetch(
                    row ->
                        new Backlog(
                            row.value1(), row.value2(), Instant.ofEpochMilli(row.value3()))));
  }

  /** Whether somebody asked for a task to be dropped while it is held. */
  public boolean isCancelRequested(TaskId id) {
    return database.read(
        sql ->
            sql.fetchExists(
                sql.selectOne()
                    .from(TASKS)
                    .where(TASKS.ID.eq(id.value()))
                    .and(TASKS.CANCEL_REQUESTED_AT.isNotNull())));
  }

  /** The runs that hold tasks. */
  public List<RunId> holders() {
    return database.read(
        sql ->
            sql.selectDistinct(TASKS.CLAIMED_BY)
                .from(TASKS)
                .where(TASKS.STATE.eq(DSL.inline(TaskState.CLAIMED.wireName())))
                .fetch(row -> new RunId(row.value1())));
  }

  /**
   * Whether a task of these kinds could be claimed now. Cheap, and takes no lock: to be asked
   * before a claim is tried.
   */
  public boolean isAnyDue(Collection<String> kinds, Instant now) {
    return database.read(
        sql -> {
          Set<String> open = new HashSet<>(kinds);
          open.removeAll(TaskKinds.closed(sql).fetchSet(TASK_KINDS.KIND));
          return !open.isEmpty() && sql.fetchExists(Due.anyOf(sql, open, now));
        });
  }

  private TaskCounts counts(Condition which) {
    return database.read(
        sql -> {
          Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
          sql.select(TASKS.STATE, DSL.count())
              .from(TASKS)
              .where(which)
              .and(isNoProbe())
              .groupBy(TASKS.STATE)
              .forEach(
                  row -> counts.put(TaskState.ofWireName(row.value1()), row.value2().longValue()));
          return new TaskCounts(counts);
        });
  }

  private static Condition isNoProbe() {
    return TASKS.KIND.startsWith(Probe.PREFIX).not();
  }

  /** The state is part of the SQL text, so that the partial index of that state serves. */
  private static boolean isAny(DSLContext sql, TaskState state) {
    return sql.fetchExists(
        sql.selectOne().from(TASKS).where(TASKS.STATE.eq(DSL.inline(state.wireName()))));
  }
}

package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;
import static dev.runlog.events.schema.Tables.TASK_KINDS;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the row of every task on its way: it is inserted, held, and let go by its holder.
 * One of these belongs to one store. Thread-safe.
 */
final class TaskMoves {

  private static final List<Field<?>> COLUMNS = List.of(TASKS.fields());
  private static final Param<Long> NOW = DSL.param("now", TASKS.RUN_AT);
  private static final Param<Long> HOLDER = DSL.param("holder", TASKS.CLAIMED_BY);
  private static final Param<Long> ID = DSL.param("id", TASKS.ID);

  /**
   * A task that is about to be claimed.
   *
   * @param id the task
   * @param kind which handler runs it
   * @param attempts attempts begun so far
   */
  record Next(TaskId id, String kind, int attempts) {

    private static Next of(Record row) {
      return new Next(
          new TaskId(row.get(TASKS.ID)), row.get(TASKS.KIND), row.get(TASKS.ATTEMPT).intValue());
    }
  }

  private final Map<String, KeptQuery> rendered = new ConcurrentHashMap<>();

  /** Inserts a queued task. */
  TaskId insert(
      Transaction transaction, TaskSpec spec, Instant runAt, Instant submittedAt, RunId by) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("kind", spec.kind());
    values.put("priority", (long) spec.priority());
    values.put("run_at", runAt.toEpochMilli());
    values.put("max_attempts", (long) spec.maxAttempts());
    values.put("unique_key", spec.uniqueKey().orElse(null));
    values.put("request", spec.request());
    values.put("submitted_at", submittedAt.toEpochMilli());
    values.put("submitted_by", by.value());
    long id =
        kept("insert", () -> insertion(transaction.sql()))
            .fetchFirst(transaction, values, List.of(TASKS.ID))
            .orElseThrow()
            .get(TASKS.ID);
    return new TaskId(id);
  }

  /** The task that is due next, which nobody else can take from now on; empty when none is due. */
  Optional<Next> next(Transaction transaction, Collection<String> kinds, Instant now) {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> values = valuesOf(kinds);
    letLimitedWait(transaction, kinds.size(), values);
    values.put("now", now.toEpochMilli());
    return kept("next of " + kinds.size(), () -> finding(transaction.sql(), kinds.size()))
        .fetchFirst(transaction, values, List.of(TASKS.ID, TASKS.KIND, TASKS.ATTEMPT))
        .map(Next::of);
  }

  /**
   * Begins an attempt at a task that {@link #next} found.
   *
   * @param claim the event that opens the attempt
   */
  Task hold(Transaction transaction, TaskId id, RunId holder, EventId claim, Instant now) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("claimed_at", now.toEpochMilli());
    values.put("holder", holder.value());
    values.put("claim_event_id", claim.value());
    values.put("id", id.value());
    return kept("hold", () -> holding(transaction.sql()))
        .fetchFirst(transaction, values, COLUMNS)
        .map(TaskRows::toTask)
        .orElseThrow();
  }

  /**
   * Ends an attempt. Here is the fence: only this very claim does.
   *
   * @throws StaleClaimException when the claim no longer holds the task
   */
  void end(Transaction transaction, Claim claim, AttemptEnd end) {
    Task claimed = claim.task();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("state", end.state().wireName());
    values.put("run_at", end.runAt().toEpochMilli());
    values.put("attempt", (long) end.attempt());
    values.put("finished_at", end.finishedAt().map(Instant::toEpochMilli).orElse(null));
    values.put("result", end.result().orElse(null));
    values.put("error", end.error().orElse(null));
    values.put("id", claimed.id().value());
    values.put("holder", claimed.claimedBy().orElseThrow().value());
    values.put("held_attempt", (long) claimed.attempt());
    values.put("claim_event_id", claim.event().value());
    boolean isEnded =
        kept("end", () -> ending(transaction.sql()))
            .fetchFirst(transaction, values, List.of(TASKS.ID))
            .isPresent();
    if (!isEnded) {
      throw new StaleClaimException(claim);
    }
  }

  /** Whether somebody wants that the holder drops it. */
  boolean isCancelAsked(Transaction transaction, TaskId id) {
    return kept("asked", () -> asking(transaction.sql()))
        .fetchFirst(transaction, Map.of("id", id.value()), List.of(TASKS.ID))
        .isPresent();
  }

  /**
   * Where transactions run side by side, lets those that claim tasks of a limited kind wait for
   * each other: two that counted at the same time would both find room for one more.
   */
  private void letLimitedWait(
      Transaction transaction, int kinds, Map<String, @Nullable Object> values) {
    if (Rows.areLockedOneByOne(transaction.sql())
        && kept("limited of " + kinds, () -> limited(transaction.sql(), kinds))
            .fetchFirst(transaction, values, List.of(TASK_KINDS.KIND))
            .isPresent()) {
      transaction.serialize("limited task kinds");
    }
  }

  private KeptQuery kept(String name, Supplier<Query> query) {
    return rendered.computeIfAbsent(name, unknown -> KeptQuery.of(query.get()));
  }

  private static Query insertion(DSLContext sql) {
    Query insert =
        sql.insertInto(TASKS)
            .set(TASKS.STATE, DSL.inline(TaskState.QUEUED.wireName()))
            .set(TASKS.KIND, named(TASKS.KIND))
            .set(TASKS.PRIORITY, named(TASKS.PRIORITY))
            .set(TASKS.RUN_AT, named(TASKS.RUN_AT))
            .set(TASKS.MAX_ATTEMPTS, named(TASKS.MAX_ATTEMPTS))
            .set(TASKS.UNIQUE_KEY, named(TASKS.UNIQUE_KEY))
            .set(TASKS.REQUEST, named(TASKS.REQUEST))
            .set(TASKS.SUBMITTED_AT, named(TASKS.SUBMITTED_AT))
            .set(TASKS.SUBMITTED_BY, named(TASKS.SUBMITTED_BY));
    return returning(sql, insert, List.of(TASKS.ID));
  }

  static Query finding(DSLContext sql, int kinds) {
    return Due.lockedOneOf(sql, paramsOf(kinds), NOW);
  }

  private static Query holding(DSLContext sql) {
    Query update =
        sql.update(TASKS)
            .set(TASKS.STATE, DSL.inline(TaskState.CLAIMED.wireName()))
            .set(TASKS.ATTEMPT, TASKS.ATTEMPT.plus(DSL.inline(1L)))
            .set(TASKS.CLAIMED_AT, named(TASKS.CLAIMED_AT))
            .set(TASKS.CLAIMED_BY, HOLDER)
            .set(TASKS.CLAIM_EVENT_ID, named(TASKS.CLAIM_EVENT_ID))
            .where(TASKS.ID.eq(ID));
    return returning(sql, update, COLUMNS);
  }

  private static Query ending(DSLContext sql) {
    Query update =
        sql.update(TASKS)
            .set(TASKS.STATE, named(TASKS.STATE))
            .set(TASKS.RUN_AT, named(TASKS.RUN_AT))
            .set(TASKS.ATTEMPT, named(TASKS.ATTEMPT))
            .set(TASKS.FINISHED_AT, named(TASKS.FINISHED_AT))
            .set(TASKS.RESULT, named(TASKS.RESULT))
            .set(TASKS.ERROR, named(TASKS.ERROR))
            .setNull(TASKS.CLAIMED_AT)
            .setNull(TASKS.CLAIMED_BY)
            .setNull(TASKS.CLAIM_EVENT_ID)
            .where(TASKS.ID.eq(ID))
            .and(TASKS.STATE.eq(DSL.inline(TaskState.CLAIMED.wireName())))
            .and(TASKS.CLAIMED_BY.eq(HOLDER))
            .and(TASKS.ATTEMPT.eq(DSL.param("held_attempt", TASKS.ATTEMPT)))
            .and(TASKS.CLAIM_EVENT_ID.eq(named(TASKS.CLAIM_EVENT_ID)));
    return returning(sql, update, List.of(TASKS.ID));
  }

  private static Query asking(DSLContext sql) {
    return sql.select(TASKS.ID)
        .from(TASKS)
        .where(TASKS.ID.eq(ID))
        .and(TASKS.CANCEL_REQUESTED_AT.isNotNull());
  }

  private static Query limited(DSLContext sql, int kinds) {
    return sql.select(TASK_KINDS.KIND)
        .from(TASK_KINDS)
        .where(TASK_KINDS.MOST_HELD.isNotNull())
        .and(TASK_KINDS.KIND.in(paramsOf(kinds)));
  }

  /** jOOQ writes this clause only for statements that it runs itself. */
  private static Query returning(DSLContext sql, Query change, List<Field<?>> columns) {
    return sql.resultQuery("{0} returning {1}", change, DSL.list(columns));
  }

  private static <T> Param<T> named(Field<T> column) {
    return DSL.param(column.getName(), column);
  }

  private static List<Param<String>> paramsOf(int kinds) {
    return IntStream.range(0, kinds).mapToObj(i -> DSL.param("kind " + i, TASKS.KIND)).toList();
  }

  private static Map<String, @Nullable Object> valuesOf(Collection<String> kinds) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (String kind : kinds) {
      values.put("kind " + values.size(), kind);
    }
    return values;
  }
}

package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import java.time.Instant;
import java.util.Collection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record3;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.SelectFromStep;
import org.jooq.SelectLimitPercentStep;
import org.jooq.impl.DSL;

/** Which task is next: the highest priority, then the one that has been due for longest. */
final class Due {

  private Due() {}

  /**
   * Any of these kinds, which are open, in no order. Costs the same however many wait for their
   * time: the two expressions are those of the index {@code tasks_due_by_kind}.
   */
  static Select<Record1<Long>> anyOf(DSLContext sql, Collection<String> kinds, Instant now) {
    Field<String> kind = DSL.field("{0} || ''", String.class, TASKS.KIND);
    Field<Long> dueAt = DSL.when(wasNeverDelayed(), DSL.inline(0L)).otherwise(TASKS.RUN_AT);
    return sql.select(TASKS.ID)
        .from(TASKS)
        .where(TASKS.STATE.eq(DSL.inline(TaskState.QUEUED.wireName())))
        .and(kind.in(kinds))
        .and(dueAt.le(now.toEpochMilli()))
        .limit(DSL.inline(1));
  }

  /**
   * The next one for a claim, with what its event tells: where several transactions claim side by
   * side, each locks the row that it takes and passes over those that others have locked.
   */
  static ResultQuery<Record3<Long, String, Long>> lockedOneOf(
      DSLContext sql, Collection<? extends Field<String>> kinds, Field<Long> now) {
    SelectLimitPercentStep<Record3<Long, String, Long>> next =
        next(sql.select(TASKS.ID, TASKS.KIND, TASKS.ATTEMPT), sql, kinds, now);
    return Rows.areLockedOneByOne(sql) ? next.forUpdate().skipLocked() : next;
  }

  private static <R extends Record> SelectLimitPercentStep<R> next(
      SelectFromStep<R> columns,
      DSLContext sql,
      Collection<? extends Field<String>> kinds,
      Field<Long> now) {
    return columns
        .from(TASKS)
        .where(TASKS.STATE.eq(DSL.inline(TaskState.QUEUED.wireName())))
        .and(TASKS.RUN_AT.le(now).or(wasNeverDelayed()))
        .and(TASKS.KIND.in(kinds))
        .and(TaskKinds.isOpen(sql))
        .orderBy(TASKS.PRIORITY.desc(), TASKS.RUN_AT, TASKS.ID)
        .limit(DSL.inline(1));
  }

  /**
   * Such a task is due whatever the clock says: one that was set back since, or that of another
   * machine, must not keep it waiting.
   */
  private static Condition wasNeverDelayed() {
    return TASKS.RUN_AT.le(TASKS.SUBMITTED_AT);
  }
}

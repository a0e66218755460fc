package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import java.time.Instant;
import java.util.Collection;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectLimitPercentStep;
import org.jooq.impl.DSL;

/** Which task is next: the highest priority, then the one that has been due for longest. */
final class Due {

  private Due() {}

  static Select<Record1<Long>> oneOf(DSLContext sql, Collection<String> kinds, Instant now) {
    return next(
        sql,
        kinds.stream().map(kind -> DSL.val(kind, TASKS.KIND)).toList(),
        DSL.val(now.toEpochMilli(), TASKS.RUN_AT));
  }

  /**
   * The same for a claim: where several transactions claim side by side, each locks the row that it
   * takes and passes over those that others have locked. It is materialised, because a plan that
   * ran it twice would lock two rows.
   */
  static Select<Record1<Long>> lockedOneOf(
      DSLContext sql, Collection<? extends Field<String>> kinds, Field<Long> now) {
    if (!Rows.areLockedOneByOne(sql)) {
      return next(sql, kinds, now);
    }
    CommonTableExpression<Record1<Long>> next =
        DSL.name("next")
            .fields("id")
            .asMaterialized(next(sql, kinds, now).forUpdate().skipLocked());
    return DSL.with(next).select(next.field("id", Long.class)).from(next);
  }

  private static SelectLimitPercentStep<Record1<Long>> next(
      DSLContext sql, Collection<? extends Field<String>> kinds, Field<Long> now) {
    return sql.select(TASKS.ID)
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

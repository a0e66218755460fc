package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import java.time.Instant;
import java.util.Collection;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** Which task is next: the highest priority, then the one that has been due for longest. */
final class Due {

  private Due() {}

  static Select<Record1<Long>> oneOf(DSLContext sql, Collection<String> kinds, Instant now) {
    return sql.select(TASKS.ID)
        .from(TASKS)
        .where(TASKS.STATE.eq(DSL.inline(TaskState.QUEUED.wireName())))
        .and(TASKS.RUN_AT.le(now.toEpochMilli()))
        .and(TASKS.KIND.in(kinds))
        .orderBy(TASKS.PRIORITY.desc(), TASKS.RUN_AT, TASKS.ID)
        .limit(1);
  }
}

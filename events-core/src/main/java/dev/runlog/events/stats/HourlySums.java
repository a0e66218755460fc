package dev.runlog.events.stats;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * One table of sums, and the query over the events that gives the same rows.
 *
 * @param table the table
 * @param group the columns by which calls are grouped; the first is the hour
 * @param figures the columns that are summed
 * @param sums what they are summed from, in the same order
 * @param calls which calls count
 */
record HourlySums(
    Table<?> table,
    List<Field<?>> group,
    List<Field<Long>> figures,
    List<Field<Long>> sums,
    Condition calls) {

  static final long HOUR_MILLIS = 3_600_000;

  private static final Table<Record> ENDED_CALLS = DSL.table(DSL.name("ended_calls"));
  private static final Field<Long> HOUR = DSL.field(DSL.name("hour"), Long.class);
  private static final Field<Long> TIMESTAMP = DSL.field(DSL.name("timestamp"), Long.class);

  /** The rows of an hour as the table has them. */
  Set<List<Object>> kept(DSLContext sql, long hour) {
    return rows(sql, DSL.select(columns()).from(table).where(HOUR.eq(hour)));
  }

  /** The rows of an hour as the events tell them. */
  Set<List<Object>> told(DSLContext sql, long hour) {
    return rows(sql, fromEvents(hour));
  }

  /** Makes the rows of an hour what the events tell. */
  void rebuild(DSLContext sql, long hour) {
    sql.deleteFrom(table).where(HOUR.eq(hour)).execute();
    sql.insertInto(table, columns()).select(fromEvents(hour)).execute();
  }

  private Select<Record> fromEvents(long hour) {
    return DSL.select(group)
        .select(sums)
        .from(ENDED_CALLS)
        .where(TIMESTAMP.ge(hour))
        .and(TIMESTAMP.lt(hour + HOUR_MILLIS))
        .and(calls)
        .groupBy(group);
  }

  private List<Field<?>> columns() {
    return Stream.<Field<?>>concat(group.stream(), figures.stream()).toList();
  }

  private static Set<List<Object>> rows(DSLContext sql, Select<Record> select) {
    Set<List<Object>> rows = new HashSet<>();
    sql.fetch(select).forEach(row -> rows.add(row.intoList()));
    return rows;
  }
}

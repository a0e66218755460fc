package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The different values of an indexed column, each found by one step in the index from the value
 * before it: the effort grows with the values, not with the rows.
 */
final class DistinctValues {

  private static final String WALK = "walk";
  private static final String VALUE = "value";

  private DistinctValues() {}

  static List<String> eventTypes(DSLContext sql) {
    Field<String> type = valueOf(EVENTS.EVENT_TYPE);
    return sql.withRecursive(walk(EVENTS.EVENT_TYPE))
        .select(type)
        .from(DSL.table(DSL.name(WALK)))
        .where(type.isNotNull())
        .fetch(type);
  }

  /** The runs, in the order of their ids, whose first event fulfils a condition. */
  static List<RunId> runsWhoseFirstEvent(DSLContext sql, Condition wanted) {
    Field<Long> run = valueOf(EVENTS.RUN_ID);
    Table<?> walk = DSL.table(DSL.name(WALK));
    var first = EVENTS.as("first");
    Field<Long> firstId =
        DSL.field(DSL.select(DSL.min(first.ID)).from(first).where(first.RUN_ID.eq(run)));
    return sql.withRecursive(walk(EVENTS.RUN_ID))
        .select(run)
        .from(walk)
        .join(EVENTS)
        .on(EVENTS.ID.eq(firstId))
        .where(wanted)
        .orderBy(run)
        .fetch(row -> new RunId(row.value1()));
  }

  private static <T> CommonTableExpression<Record1<T>> walk(Field<T> column) {
    Field<T> value = valueOf(column);
    Field<T> next = DSL.field(DSL.select(DSL.min(column)).from(EVENTS).where(column.gt(value)));
    return DSL.name(WALK)
        .fields(VALUE)
        .as(
            DSL.select(DSL.min(column))
                .from(EVENTS)
                .unionAll(
                    DSL.select(next).from(DSL.table(DSL.name(WALK))).where(value.isNotNull())));
  }

  private static <T> Field<T> valueOf(Field<T> column) {
    return DSL.field(DSL.name(WALK, VALUE), column.getType());
  }
}

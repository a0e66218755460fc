package dev.runlog.events.stats;

import static dev.runlog.events.schema.Tables.CALL_LATENCIES;
import static dev.runlog.events.schema.Tables.CALL_TOTALS;
import static dev.runlog.events.schema.Tables.EVENTS;
import static dev.runlog.events.stats.HourlySums.HOUR_MILLIS;

import dev.runlog.events.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The sums beside the events as a whole: compares them with the events and adds them up again, an
 * hour at a time, while a fleet runs. Thread-safe.
 */
public final class CallTotals {

  private static final Field<Long> BUCKET = DSL.field(DSL.name("latency_bucket_ms"), Long.class);
  private static final long NONE = Long.MAX_VALUE;

  private static final HourlySums TOTALS =
      new HourlySums(
          CALL_TOTALS,
          CallRows.KEY,
          CallRows.FIGURES,
          CallRows.FIGURES.stream().map(CallTotals::sumOf).toList(),
          DSL.noCondition());

  private static final HourlySums LATENCIES =
      new HourlySums(
          CALL_LATENCIES,
          Stream.<Field<?>>concat(CallRows.KEY.stream(), Stream.of(BUCKET)).toList(),
          List.of(CALL_LATENCIES.CALLS),
          List.of(DSL.count().cast(Long.class)),
          BUCKET.isNotNull());

  private static final List<HourlySums> ALL = List.of(TOTALS, LATENCIES);

  private final Database database;

  public CallTotals(Database database) {
    this.database = database;
  }

  /**
   * Compares the sums with the events.
   *
   * @param differences is told of each group of calls whose sums are not what the events say
   * @return how many rows of sums the events tell
   */
  public long compare(Consumer<String> differences) {
    long[] rows = {0};
    forEachHour(hour -> rows[0] += database.read(sql -> compare(sql, hour, differences)));
    return rows[0];
  }

  /** Adds everything up again; one transaction an hour. */
  public void rebuild() {
    forEachHour(hour -> database.write(transaction -> rebuild(transaction.sql(), hour)));
  }

  private static long compare(DSLContext sql, long hour, Consumer<String> differences) {
    long rows = 0;
    Set<String> different = new TreeSet<>();
    for (HourlySums sums : ALL) {
      Set<List<Object>> kept = sums.kept(sql, hour);
      Set<List<Object>> told = sums.told(sql, hour);
      rows += told.size();
      kept.stream()
          .filter(row -> !told.contains(row))
          .map(CallTotals::name)
          .forEach(different::add);
      told.stream()
          .filter(row -> !kept.contains(row))
          .map(CallTotals::name)
          .forEach(different::add);
    }
    different.forEach(differences);
    return rows;
  }

  /** The group of a row in words. */
  private static String name(List<Object> row) {
    return "the sums of run %s (%s) with model %s in the hour from %s are not what its events say"
        .formatted(row.get(1), row.get(2), row.get(4), Instant.ofEpochMilli((Long) row.get(0)));
  }

  private static boolean rebuild(DSLContext sql, long hour) {
    if (sql.dialect().family() == SQLDialect.POSTGRES) {
      // Nobody may add a call between the deletion of its sum and the new one.
      sql.execute("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE");
    }
    ALL.forEach(sums -> sums.rebuild(sql, hour));
    return true;
  }

  /** Each hour in which there are events or sums. */
  private void forEachHour(LongConsumer action) {
    long hour = hourFrom(Long.MIN_VALUE);
    while (hour < NONE - HOUR_MILLIS) {
      action.accept(hour);
      hour = hourFrom(hour + HOUR_MILLIS);
    }
  }

  /** The first hour from then on with events or sums, {@link #NONE} after the last. */
  private long hourFrom(long millis) {
    long first =
        database.read(
            sql ->
                LongStream.of(
                        first(sql, EVENTS, EVENTS.TIMESTAMP, millis),
                        first(sql, CALL_TOTALS, CALL_TOTALS.HOUR, millis),
                        first(sql, CALL_LATENCIES, CALL_LATENCIES.HOUR, millis))
                    .min()
                    .orElse(NONE));
    return first == NONE ? NONE : first / HOUR_MILLIS * HOUR_MILLIS;
  }

  private static long first(DSLContext sql, Table<?> table, Field<Long> time, long from) {
    Field<Long> first = DSL.coalesce(DSL.min(time), NONE);
    return sql.select(first).from(table).where(time.ge(from)).fetchSingle(first);
  }

  private static Field<Long> sumOf(Field<Long> figure) {
    return DSL.sum(figure).cast(Long.class);
  }
}

package dev.runlog.events.stats;

import static dev.runlog.events.schema.Tables.CALL_LATENCIES;
import static dev.runlog.events.schema.Tables.CALL_TOTALS;
import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.TimeWindow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The SQL of the statistics and what its rows mean: whole hours come from the tables of sums, the
 * ends of a window from the events themselves, seen through the view {@code ended_calls}.
 */
final class CallRows {

  static final Field<Long> RUN_ID = column("run_id", Long.class);

  private static final Field<Long> HOUR = column("hour", Long.class);
  private static final Field<Long> TIMESTAMP = column("timestamp", Long.class);
  private static final Field<String> INSTANCE_ID = column("instance_id", String.class);
  private static final Field<String> ROLE = column("role", String.class);
  private static final Field<String> MODEL = column("model_name", String.class);
  private static final List<Field<?>> GROUP = List.of(RUN_ID, INSTANCE_ID, ROLE, MODEL);

  /** What a row of the tables of sums stands for. */
  static final List<Field<?>> KEY = List.of(HOUR, RUN_ID, INSTANCE_ID, ROLE, MODEL);

  private static final Field<Long> COMPLETED = column("completed", Long.class);
  private static final Field<Long> FAILED = column("failed", Long.class);
  private static final Field<Long> WITHOUT_USAGE = column("without_usage", Long.class);
  private static final Field<Long> INPUT = column("input_tokens", Long.class);
  private static final Field<Long> OUTPUT = column("output_tokens", Long.class);
  private static final Field<Long> CACHED = column("cached_input_tokens", Long.class);
  private static final Field<Long> REASONING = column("reasoning_tokens", Long.class);
  private static final Field<Long> PRICED = column("priced", Long.class);
  private static final Field<Long> COST = column("cost_nano_usd", Long.class);
  private static final Field<Long> LATENCY = column("latency_ms", Long.class);
  private static final Field<Long> ESTIMATE_CALLS = column("estimate_calls", Long.class);
  private static final Field<Long> ESTIMATED = column("estimated_tokens", Long.class);
  private static final Field<Long> REPORTED = column("reported_tokens", Long.class);
  private static final Field<Long> ERROR = column("absolute_error_tokens", Long.class);
  static final List<Field<Long>> FIGURES =
      List.of(
          COMPLETED,
          FAILED,
          WITHOUT_USAGE,
          INPUT,
          OUTPUT,
          CACHED,
          REASONING,
          PRICED,
          COST,
          LATENCY,
          ESTIMATE_CALLS,
          ESTIMATED,
          REPORTED,
          ERROR);

  private static final Field<Long> BUCKET = column("latency_bucket_ms", Long.class);
  private static final Field<Long> CALLS = column("calls", Long.class);

  private static final Table<Record> ENDED_CALLS = DSL.table(DSL.name("ended_calls"));
  private static final int NANO_DECIMALS = 9;

  private CallRows() {}

  /** The sums with their latencies. */
  static List<CallTally> tallies(DSLContext sql, Condition runs, TimeWindow window) {
    Map<List<Object>, SortedMap<Long, Long>> latencies = latencies(sql, GROUP, runs, window);
    return sums(sql, GROUP, runs, window).stream()
        .map(row -> tally(row, latencies.getOrDefault(key(row, GROUP), new TreeMap<>())))
        .toList();
  }

  /** The sums of each model, added up by the store, without latencies. */
  static Map<String, CallStats> countsByModel(DSLContext sql, TimeWindow window) {
    Map<String, CallStats> byModel = new TreeMap<>();
    for (Record row : sums(sql, List.of(MODEL), DSL.noCondition(), window)) {
      byModel.put(row.get(MODEL), stats(row, new TreeMap<>()));
    }
    return byModel;
  }

  /** The sums of each group with their latencies, added up by the store. */
  static Map<String, CallStats> statsBy(DSLContext sql, CallGroup group, TimeWindow window) {
    Field<String> name = columnOf(group);
    Map<List<Object>, SortedMap<Long, Long>> latencies =
        latencies(sql, List.of(name), DSL.noCondition(), window);
    Map<String, CallStats> byName = new TreeMap<>();
    for (Record row : sums(sql, List.of(name), DSL.noCondition(), window)) {
      byName.put(
          row.get(name),
          stats(row, latencies.getOrDefault(List.of(row.get(name)), new TreeMap<>())));
    }
    return byName;
  }

  private static Field<String> columnOf(CallGroup group) {
    return switch (group) {
      case MODEL -> MODEL;
      case ROLE -> ROLE;
      case INSTANCE -> INSTANCE_ID;
    };
  }

  /** The sums alone, which is quicker. */
  static List<CallTally> talliesWithoutLatencies(DSLContext sql, Condition runs) {
    return sums(sql, GROUP, runs, TimeWindow.ALL).stream()
        .map(row -> tally(row, new TreeMap<>()))
        .toList();
  }

  static Map<RunId, Long> tasksDoneByRun(DSLContext sql) {
    Field<Long> howMany = DSL.count().cast(Long.class);
    return sql.select(EVENTS.RUN_ID, howMany)
        .from(EVENTS)
        .where(EVENTS.EVENT_TYPE.eq(DSL.inline(EventType.TASK_DONE.wireName())))
        .groupBy(EVENTS.RUN_ID)
        .fetchMap(row -> new RunId(row.value1()), row -> row.value2());
  }

  private static List<? extends Record> sums(
      DSLContext sql, List<Field<?>> group, Condition runs, TimeWindow window) {
    List<Field<?>> columns = Stream.concat(group.stream(), FIGURES.stream()).toList();
    List<Field<Long>> sums = FIGURES.stream().map(CallRows::sumOf).toList();
    Table<?> calls = parts(columns, CALL_TOTALS, columns, DSL.noCondition(), runs, window);
    return sql.select(group).select(sums).from(calls).groupBy(group).orderBy(group).fetch();
  }

  /** How many calls of each group took how long; a group is named by its values. */
  private static Map<List<Object>, SortedMap<Long, Long>> latencies(
      DSLContext sql, List<Field<?>> group, Condition runs, TimeWindow window) {
    List<Field<?>> bucket = Stream.concat(group.stream(), Stream.of(BUCKET)).toList();
    List<Field<?>> counted = Stream.concat(bucket.stream(), Stream.of(CALLS)).toList();
    List<Field<?>> single =
        Stream.concat(bucket.stream(), Stream.of(DSL.inline(1L).as(CALLS))).toList();
    Table<?> calls = parts(counted, CALL_LATENCIES, single, BUCKET.isNotNull(), runs, window);
    Map<List<Object>, SortedMap<Long, Long>> latencies = new HashMap<>();
    sql.select(bucket)
        .select(sumOf(CALLS))
        .from(calls)
        .groupBy(bucket)
        .forEach(
            row ->
                latencies
                    .computeIfAbsent(key(row, group), key -> new TreeMap<>())
                    .put((Long) row.get(group.size()), (Long) row.get(group.size() + 1)));
    return latencies;
  }

  /** The values of the group, which are the first of a row: by their places, not looked up. */
  private static List<Object> key(Record row, List<Field<?>> group) {
    Object[] values = new Object[group.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return List.of(values);
  }

  /**
   * The rows of a window under one another.
   *
   * @param columns of the table of sums
   * @param callColumns the same of single calls
   */
  private static Table<?> parts(
      List<Field<?>> columns,
      Table<?> hourly,
      List<Field<?>> callColumns,
      Condition calls,
      Condition runs,
      TimeWindow window) {
    WindowParts parts = WindowParts.of(window);
    Select<Record> all =
        DSL.select(columns).from(hourly).where(isIn(parts.hours(), HOUR)).and(runs);
    for (Span edge : parts.edges()) {
      all =
          all.unionAll(
              DSL.select(callColumns)
                  .from(ENDED_CALLS)
                  .where(isIn(edge, TIMESTAMP))
                  .and(calls)
                  .and(runs));
    }
    return all.asTable("calls");
  }

  private static Condition isIn(Span span, Field<Long> time) {
    return time.ge(span.from()).and(time.lt(span.until()));
  }

  private static CallTally tally(Record row, SortedMap<Long, Long> callsByMillis) {
    return new CallTally(
        new RunId(row.get(RUN_ID)),
        row.get(INSTANCE_ID),
        row.get(ROLE),
        row.get(MODEL),
        stats(row, callsByMillis));
  }

  private static CallStats stats(Record row, SortedMap<Long, Long> callsByMillis) {
    return CallStats.ended(
        row.get(COMPLETED),
        row.get(FAILED),
        row.get(WITHOUT_USAGE),
        row.get(INPUT),
        row.get(OUTPUT),
        row.get(CACHED),
        row.get(REASONING),
        row.get(PRICED),
        BigDecimal.valueOf(row.get(COST), NANO_DECIMALS),
        callsByMillis.isEmpty() ? Latencies.NONE : new Latencies(callsByMillis, row.get(LATENCY)),
        new EstimateCheck(
            row.get(ESTIMATE_CALLS), row.get(ESTIMATED), row.get(REPORTED), row.get(ERROR)));
  }

  private static Field<Long> sumOf(Field<Long> figure) {
    return DSL.sum(figure).cast(Long.class).as(figure);
  }

  private static <T> Field<T> column(String name, Class<T> type) {
    return DSL.field(DSL.name(name), type);
  }
}

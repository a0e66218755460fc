package dev.runlog.events.stats;

import static dev.runlog.events.schema.Tables.EVENTS;
import static dev.runlog.events.stats.EndedCalls.COST_USD;
import static dev.runlog.events.stats.EndedCalls.ESTIMATED;
import static dev.runlog.events.stats.EndedCalls.EVENT_TYPE;
import static dev.runlog.events.stats.EndedCalls.INPUT;
import static dev.runlog.events.stats.EndedCalls.INSTANCE_ID;
import static dev.runlog.events.stats.EndedCalls.LATENCY_MS;
import static dev.runlog.events.stats.EndedCalls.MODEL;
import static dev.runlog.events.stats.EndedCalls.RUN_ID;

import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The SQL of the statistics and what its rows mean. */
final class CallRows {

  private static final Condition COMPLETED =
      EVENT_TYPE.eq(DSL.inline(EventType.LLM_CALL_COMPLETED.wireName()));
  private static final Condition FAILED =
      EVENT_TYPE.eq(DSL.inline(EventType.LLM_CALL_FAILED.wireName()));
  private static final Condition HAS_BOTH = INPUT.isNotNull().and(ESTIMATED.isNotNull());

  private static final Field<Long> COMPLETED_CALLS = countOf(COMPLETED).as("completed");
  private static final Field<Long> FAILED_CALLS = countOf(FAILED).as("failed");
  private static final Field<Long> WITHOUT_USAGE =
      countOf(COMPLETED.and(INPUT.isNull())).as("without_usage");
  private static final Field<Long> INPUT_SUM = sumOf(INPUT).as("input");
  private static final Field<Long> OUTPUT_SUM = sumOf(EndedCalls.OUTPUT).as("output");
  private static final Field<Long> CACHED_SUM = sumOf(EndedCalls.CACHED).as("cached");
  private static final Field<Long> REASONING_SUM = sumOf(EndedCalls.REASONING).as("reasoning");
  private static final Field<Long> PRICED =
      countOf(COMPLETED.and(COST_USD.isNotNull())).as("priced");
  private static final Field<Double> COST_SUM =
      DSL.aggregate("total", Double.class, COST_USD).as("cost");
  private static final Field<Long> ESTIMATE_CALLS = countOf(HAS_BOTH).as("estimate_calls");
  private static final Field<Long> ESTIMATED_SUM =
      sumOf(DSL.when(HAS_BOTH, ESTIMATED)).as("estimated");
  private static final Field<Long> REPORTED_SUM = sumOf(DSL.when(HAS_BOTH, INPUT)).as("reported");
  private static final Field<Long> ERROR_SUM =
      sumOf(DSL.when(HAS_BOTH, DSL.abs(ESTIMATED.minus(INPUT)))).as("absolute_error");
  private static final Field<Long> HOW_MANY = DSL.count().cast(Long.class).as("how_many");

  /** Prices go down to fractions of a millionth of a dollar a token. */
  private static final int COST_DECIMALS = 9;

  private CallRows() {}

  /** What the latencies are grouped by, the same as the sums. */
  private record Key(long run, String instanceId, String model) {
    static Key of(Record row) {
      return new Key(row.get(RUN_ID), row.get(INSTANCE_ID), row.get(MODEL));
    }
  }

  static Condition runIsIn(String jsonArrayOfIds) {
    return DSL.condition(
        "{0} IN (SELECT value FROM json_each({1}))", EVENTS.RUN_ID, DSL.val(jsonArrayOfIds));
  }

  static List<CallTally> tallies(DSLContext sql, Condition scope) {
    Map<Key, Latencies> latencies = latencies(sql, scope);
    var calls = EndedCalls.where(scope);
    return sql.with(calls)
        .select(RUN_ID, INSTANCE_ID, MODEL)
        .select(COMPLETED_CALLS, FAILED_CALLS, WITHOUT_USAGE)
        .select(INPUT_SUM, OUTPUT_SUM, CACHED_SUM, REASONING_SUM, PRICED, COST_SUM)
        .select(ESTIMATE_CALLS, ESTIMATED_SUM, REPORTED_SUM, ERROR_SUM)
        .from(calls)
        .groupBy(RUN_ID, INSTANCE_ID, MODEL)
        .orderBy(RUN_ID, INSTANCE_ID, MODEL)
        .fetch(row -> tally(row, latencies.getOrDefault(Key.of(row), Latencies.NONE)));
  }

  static Map<RunId, Long> tasksDoneByRun(DSLContext sql) {
    return sql.select(EVENTS.RUN_ID, HOW_MANY)
        .from(EVENTS)
        .where(EVENTS.EVENT_TYPE.eq(DSL.inline(EventType.TASK_DONE.wireName())))
        .groupBy(EVENTS.RUN_ID)
        .fetchMap(row -> new RunId(row.value1()), row -> row.value2());
  }

  private static Map<Key, Latencies> latencies(DSLContext sql, Condition scope) {
    Map<Key, SortedMap<Long, Long>> counts = new HashMap<>();
    var calls = EndedCalls.where(scope);
    sql.with(calls)
        .select(RUN_ID, INSTANCE_ID, MODEL, LATENCY_MS, HOW_MANY)
        .from(calls)
        .where(COMPLETED)
        .and(LATENCY_MS.isNotNull())
        .groupBy(RUN_ID, INSTANCE_ID, MODEL, LATENCY_MS)
        .forEach(
            row ->
                counts
                    .computeIfAbsent(Key.of(row), key -> new TreeMap<>())
                    .put(row.value4(), row.value5()));
    Map<Key, Latencies> latencies = new HashMap<>();
    counts.forEach((key, callsByMillis) -> latencies.put(key, new Latencies(callsByMillis)));
    return latencies;
  }

  private static CallTally tally(Record row, Latencies latencies) {
    CallStats stats =
        new CallStats(
            row.get(COMPLETED_CALLS),
            row.get(FAILED_CALLS),
            row.get(WITHOUT_USAGE),
            row.get(INPUT_SUM),
            row.get(OUTPUT_SUM),
            row.get(CACHED_SUM),
            row.get(REASONING_SUM),
            row.get(PRICED),
            dollars(row.get(COST_SUM)),
            latencies,
            new EstimateCheck(
                row.get(ESTIMATE_CALLS),
                row.get(ESTIMATED_SUM),
                row.get(REPORTED_SUM),
                row.get(ERROR_SUM)));
    return new CallTally(new RunId(row.get(RUN_ID)), row.get(INSTANCE_ID), row.get(MODEL), stats);
  }

  private static BigDecimal dollars(double sum) {
    return BigDecimal.valueOf(sum).setScale(COST_DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static Field<Long> countOf(Condition condition) {
    return DSL.count().filterWhere(condition).cast(Long.class);
  }

  private static Field<Long> sumOf(Field<Long> value) {
    return DSL.coalesce(DSL.sum(value).cast(Long.class), 0L);
  }
}

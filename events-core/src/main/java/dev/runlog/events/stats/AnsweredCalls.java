package dev.runlog.events.stats;

import static dev.runlog.events.schema.Tables.EVENTS;

import dev.runlog.events.db.Database;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.pricing.PriceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * The answered calls of some runs that ended in a window, for questions that no sum answers: each
 * {@code llm_call.completed} is read, a page at a time, so that no read lasts. An event whose
 * payload is no JSON is left out. Thread-safe.
 */
public final class AnsweredCalls {

  private static final int PAGE = 1000;

  /** Leaves the choice of the index to the rest of the statement. */
  private static final Field<String> UNINDEXED_TYPE = DSL.concat(EVENTS.EVENT_TYPE, DSL.inline(""));

  private final Database database;
  private final TimeWindow window;
  private final List<Condition> parts;

  private AnsweredCalls(Database database, TimeWindow window, List<Condition> parts) {
    this.database = database;
    this.window = window;
    this.parts = parts;
  }

  /** The calls of all runs. */
  public static AnsweredCalls ofAll(Database database, TimeWindow window) {
    return new AnsweredCalls(database, window, List.of(isCompleted(EVENTS.EVENT_TYPE)));
  }

  /** The calls of a run and all its descendants; empty when there is no such run. */
  public static Optional<AnsweredCalls> ofSubtree(
      Database database, RunId root, TimeWindow window) {
    return new RunTree(database)
        .of(root)
        .map(AnsweredCalls::ofRuns)
        .map(runs -> new AnsweredCalls(database, window, runs));
  }

  /** How exactly the contexts were counted, by model in alphabetical order. */
  public SortedMap<String, EstimateAccuracy> accuracyByModel() {
    return byModel(AnsweredCalls::accuracy, EstimateAccuracy::plus);
  }

  /** What the calls would have cost under other prices, by model in alphabetical order. */
  public SortedMap<String, RepricedCost> repricedByModel(PriceTable prices) {
    return byModel(call -> Optional.of(RepricedCost.of(call, prices)), RepricedCost::plus);
  }

  private static Optional<EstimateAccuracy> accuracy(AnsweredCall call) {
    boolean calledExact = call.calledExact().orElse(false);
    return call.estimate()
        .flatMap(
            estimate ->
                call.input().map(reported -> EstimateAccuracy.of(estimate, reported, calledExact)));
  }

  private <T> SortedMap<String, T> byModel(
      Function<AnsweredCall, Optional<T>> figures, BinaryOperator<T> sum) {
    SortedMap<String, T> byModel = new TreeMap<>();
    forEach(call -> figures.apply(call).ifPresent(one -> byModel.merge(call.model(), one, sum)));
    return Collections.unmodifiableSortedMap(byModel);
  }

  private void forEach(Consumer<AnsweredCall> action) {
    parts.forEach(part -> forEach(part, action));
  }

  private void forEach(Condition part, Consumer<AnsweredCall> action) {
    long last = 0;
    boolean more = true;
    while (more) {
      Result<? extends Record> page = page(part, last);
      for (Record row : page) {
        last = row.get(EVENTS.ID);
        Instant time = Instant.ofEpochMilli(row.get(EVENTS.TIMESTAMP));
        Optional.ofNullable(row.get(EVENTS.PAYLOAD))
            .flatMap(payload -> AnsweredCall.of(time, payload))
            .ifPresent(action);
      }
      more = page.size() == PAGE;
    }
  }

  private Result<? extends Record> page(Condition part, long after) {
    return database.read(
        sql ->
            sql.select(EVENTS.ID, EVENTS.TIMESTAMP, EVENTS.PAYLOAD)
                .from(EVENTS)
                .where(part)
                .and(EVENTS.ID.gt(after))
                .and(isIn(window))
                .orderBy(EVENTS.ID)
                .limit(PAGE)
                .fetch());
  }

  private static Condition isIn(TimeWindow window) {
    return window.isAll()
        ? DSL.noCondition()
        : EVENTS.TIMESTAMP.ge(window.fromMillis()).and(EVENTS.TIMESTAMP.lt(window.untilMillis()));
  }

  private static List<Condition> ofRuns(Run root) {
    List<Condition> conditions = new ArrayList<>();
    addRuns(root, conditions);
    return conditions;
  }

  private static void addRuns(Run run, List<Condition> conditions) {
    conditions.add(EVENTS.RUN_ID.eq(run.id().value()).and(isCompleted(UNINDEXED_TYPE)));
    run.children().forEach(child -> addRuns(child, conditions));
  }

  private static Condition isCompleted(Field<String> type) {
    return type.eq(DSL.inline(EventType.LLM_CALL_COMPLETED.wireName()));
  }
}

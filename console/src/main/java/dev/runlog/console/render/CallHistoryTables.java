package dev.runlog.console.render;

import dev.runlog.events.stats.EstimateAccuracy;
import dev.runlog.events.stats.RepricedCost;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;

/** What is told of single answered calls, by model, as tables that fit 80 columns. */
public final class CallHistoryTables {

  private static final int LEAST_NAME = 12;
  private static final String TOTAL = "total";

  private CallHistoryTables() {}

  /** How exactly contexts were counted before their calls. */
  public static Table accuracy(Map<String, EstimateAccuracy> byModel) {
    Table table =
        new Table(
            Column.cuttable("MODEL", LEAST_NAME),
            Column.number("CALLS"),
            Column.number("EXACT"),
            Column.number("CLOSE"),
            Column.number("MEAN ERROR"),
            Column.number("CALLED EXACT"),
            Column.number("RIGHTLY"));
    byModel.forEach((model, accuracy) -> add(table, model, accuracy));
    if (byModel.size() > 1) {
      add(table, TOTAL, sum(byModel));
    }
    return table;
  }

  /** What calls cost, and what they would have cost. */
  public static Table repriced(Map<String, RepricedCost> byModel) {
    Table table =
        new Table(
            Column.cuttable("MODEL", LEAST_NAME),
            Column.number("CALLS"),
            Column.number("LOGGED"),
            Column.number("REPRICED"),
            Column.number("DIFFERENCE"));
    byModel.forEach((model, cost) -> add(table, model, cost));
    if (byModel.size() > 1) {
      add(table, TOTAL, byModel.values().stream().reduce(RepricedCost.NONE, RepricedCost::plus));
    }
    return table;
  }

  private static EstimateAccuracy sum(Map<String, EstimateAccuracy> byModel) {
    return byModel.values().stream().reduce(EstimateAccuracy.NONE, EstimateAccuracy::plus);
  }

  private static void add(Table table, String model, EstimateAccuracy accuracy) {
    table.row(
        Cell.of(model),
        Cell.of(Humans.number(accuracy.calls())),
        percent(accuracy.exactShare()),
        percent(accuracy.closeShare()),
        Cell.of(smallPercent(accuracy.meanRelativeError())),
        Cell.of(Humans.number(accuracy.calledExact())),
        percent(accuracy.rightlyCalledExactShare()));
  }

  private static void add(Table table, String model, RepricedCost cost) {
    table.row(
        Cell.of(model),
        Cell.of(Humans.number(cost.calls())),
        Cell.of(dollars(cost.costUsd(), cost.priced(), cost.calls())),
        Cell.of(dollars(cost.repricedCostUsd(), cost.repriced(), cost.calls())),
        Cell.of(difference(cost)));
  }

  /** {@code ≥} when some calls have no price. */
  private static String dollars(BigDecimal sum, long priced, long calls) {
    if (priced == 0) {
      return Humans.NOTHING;
    }
    return (priced < calls ? "≥" : "") + Humans.dollars(sum);
  }

  /** Only where both sums are of all calls are they of the same calls for sure. */
  private static String difference(RepricedCost cost) {
    if (cost.priced() < cost.calls() || cost.repriced() < cost.calls()) {
      return Humans.NOTHING;
    }
    BigDecimal more = cost.repricedCostUsd().subtract(cost.costUsd());
    return (more.signum() < 0 ? "-" : "+") + Humans.dollars(more.abs());
  }

  private static Cell percent(OptionalDouble share) {
    return Cell.of(share.isPresent() ? Humans.percent(share.getAsDouble()) : Humans.NOTHING);
  }

  private static String smallPercent(OptionalDouble share) {
    return share.isPresent() ? Humans.finePercent(share.getAsDouble()) : Humans.NOTHING;
  }
}

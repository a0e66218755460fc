package dev.runlog.console.render;

import dev.runlog.events.stats.CallStats;
import dev.runlog.events.stats.EstimateCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Statistics as tables that fit a terminal of 80 columns. */
public final class StatsTables {

  private static final int LEAST_NAME = 12;

  private StatsTables() {}

  /**
   * One line of the statistics.
   *
   * @param name what the calls have in common
   */
  public record Group(String name, CallStats stats) {}

  /** Calls, tokens and cost. */
  public static Table usage(String title, List<Group> groups) {
    Table table =
        new Table(
            Column.cuttable(title, LEAST_NAME),
            Column.number("CALLS"),
            Column.number("FAILED"),
            Column.number("INPUT"),
            Column.number("CACHED"),
            Column.number("OUTPUT"),
            Column.number("REASONING"),
            Column.number("COST"));
    for (Group group : groups) {
      CallStats stats = group.stats();
      table.row(
          Cell.of(group.name()),
          number(stats.calls()),
          failures(stats.failed()),
          number(stats.inputTokens()),
          number(stats.cachedInputTokens()),
          number(stats.outputTokens()),
          number(stats.reasoningTokens()),
          Cell.of(cost(stats)));
    }
    return table;
  }

  /**
   * Latency of the answered calls, and the estimate of their input against the provider's figure.
   */
  public static Table quality(String title, List<Group> groups) {
    Table table =
        new Table(
            Column.cuttable(title, LEAST_NAME),
            Column.number("MEAN"),
            Column.number("P50"),
            Column.number("P95"),
            Column.number("ESTIMATED"),
            Column.number("REPORTED"),
            Column.number("BIAS"),
            Column.number("ERROR"));
    for (Group group : groups) {
      EstimateCheck estimate = group.stats().estimate();
      table.row(
          Cell.of(group.name()),
          duration(group.stats().latencies().mean()),
          duration(group.stats().latencies().percentile(50)),
          duration(group.stats().latencies().percentile(95)),
          number(estimate.estimatedTokens()),
          number(estimate.reportedTokens()),
          Cell.of(orNothing(estimate.bias(), Humans::signedPercent)),
          Cell.of(orNothing(estimate.error(), Humans::percent)));
    }
    return table;
  }

  /** What is known of the cost; {@code ≥} when some calls have no price. */
  static String cost(CallStats stats) {
    if (stats.priced() == 0) {
      return Humans.NOTHING;
    }
    String known = Humans.dollars(stats.costUsd());
    return stats.priced() < stats.completed() ? "≥" + known : known;
  }

  private static Cell number(long number) {
    return Cell.of(Humans.number(number));
  }

  private static Cell failures(long failed) {
    return Cell.of(Humans.number(failed), failed == 0 ? Style.PLAIN : Style.RED);
  }

  private static Cell duration(Optional<Duration> duration) {
    return Cell.of(duration.map(Humans::duration).orElse(Humans.NOTHING));
  }

  private static String orNothing(OptionalDouble figure, DoubleFunction<String> format) {
    return figure.isPresent() ? format.apply(figure.getAsDouble()) : Humans.NOTHING;
  }
}

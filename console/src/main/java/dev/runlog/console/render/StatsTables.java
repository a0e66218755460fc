package dev.runlog.console.render;

import dev.runlog.events.stats.CallStats;
import dev.runlog.events.stats.EstimateCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

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

  /** A column with what it shows of each group. */
  private record Figure(Column column, Function<CallStats, Cell> cell) {
    static Figure of(String title, Function<CallStats, Cell> cell) {
      return new Figure(Column.number(title), cell);
    }
  }

  /** Calls, tokens and cost; calls without an end have columns only where there are some. */
  public static Table usage(String title, List<Group> groups) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("CALLS", stats -> number(stats.calls())));
    figures.add(Figure.of("FAILED", stats -> failures(stats.failed())));
    if (isAny(groups, CallStats::lost)) {
      figures.add(Figure.of("LOST", stats -> failures(stats.lost())));
    }
    if (isAny(groups, CallStats::running)) {
      figures.add(Figure.of("RUNNING", stats -> number(stats.running())));
    }
    figures.add(Figure.of("INPUT", stats -> number(stats.inputTokens())));
    figures.add(Figure.of("CACHED", stats -> number(stats.cachedInputTokens())));
    figures.add(Figure.of("OUTPUT", stats -> number(stats.outputTokens())));
    figures.add(Figure.of("REASONING", stats -> number(stats.reasoningTokens())));
    figures.add(Figure.of("COST", stats -> Cell.of(cost(stats))));
    return table(Column.cuttable(title, LEAST_NAME), figures, groups);
  }

  private static boolean isAny(List<Group> groups, ToLongFunction<CallStats> calls) {
    return groups.stream().anyMatch(group -> calls.applyAsLong(group.stats()) > 0);
  }

  private static Table table(Column name, List<Figure> figures, List<Group> groups) {
    Table table =
        new Table(
            Stream.concat(Stream.of(name), figures.stream().map(Figure::column))
                .toArray(Column[]::new));
    for (Group group : groups) {
      table.row(
          Stream.concat(
                  Stream.of(Cell.of(group.name())),
                  figures.stream().map(figure -> figure.cell().apply(group.stats())))
              .toArray(Cell[]::new));
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

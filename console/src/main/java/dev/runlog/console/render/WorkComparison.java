package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.work.Interval;
import dev.runlog.events.work.Mean;
import dev.runlog.events.work.Quantile;
import dev.runlog.events.work.Share;
import dev.runlog.events.work.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two builds beside each other, each figure with its interval where there is enough to tell.
 *
 * @param a what one did
 * @param b what the other did
 */
public record WorkComparison(Work a, Work b) {

  private record Figure(
      String name,
      String unit,
      Function<Work, Optional<Interval>> of,
      String format,
      double scale) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure(
              "crash_rate",
              "% of runs",
              work -> Share.of(work.crashes(), work.runs()),
              "%.1f",
              100),
          new Figure(
              "failed_share",
              "% of tasks",
              work -> Share.of(work.failed(), work.tasks()),
              "%.1f",
              100),
          new Figure(
              "p50_ms",
              "ms a task",
              work -> Quantile.withInterval(work.durations(), 0.5),
              "%.0f",
              1),
          new Figure(
              "p95_ms",
              "ms a task",
              work -> Quantile.withInterval(work.durations(), 0.95),
              "%.0f",
              1),
          new Figure(
              "tokens_per_task",
              "tokens a task",
              work -> Mean.of(Arrays.stream(work.tokens()).asDoubleStream().toArray()),
              "%.1f",
              1),
          new Figure("cost_usd_per_task", "$ a task", work -> Mean.of(work.costs()), "%.6f", 1));

  /** A line a figure. */
  public Table table() {
    Table table =
        new Table(Column.text("FIGURE"), Column.number("A"), Column.number("B"), Column.text(""));
    count(table, "runs", Work::runs);
    count(table, "tasks", Work::tasks);
    for (Figure figure : FIGURES) {
      Optional<Interval> left = figure.of().apply(a);
      Optional<Interval> right = figure.of().apply(b);
      boolean isApart =
          left.isPresent() && right.isPresent() && left.get().isApartFrom(right.get());
      table.row(
          Cell.of(figure.unit().isEmpty() ? figure.name() : name(figure)),
          Cell.of(text(left, figure)),
          Cell.of(text(right, figure)),
          Cell.of(isApart ? "*" : ""));
    }
    return table;
  }

  /**
   * {@code {crash_rate: {a: {estimate, low, high}, b: …}, …}}; shares from 0 to 1, ends null when
   * not known.
   */
  public ObjectNode json() {
    ObjectNode json = Json.object();
    json.set("runs", Json.object().put("a", a.runs()).put("b", b.runs()));
    json.set("tasks", Json.object().put("a", a.tasks()).put("b", b.tasks()));
    for (Figure figure : FIGURES) {
      ObjectNode both = Json.object();
      both.set("a", figure.of().apply(a).map(Json::tree).orElse(null));
      both.set("b", figure.of().apply(b).map(Json::tree).orElse(null));
      json.set(figure.name(), both);
    }
    return json;
  }

  private void count(Table table, String name, Function<Work, Long> of) {
    table.row(
        Cell.of(name),
        Cell.of(Humans.number(of.apply(a))),
        Cell.of(Humans.number(of.apply(b))),
        Cell.of(""));
  }

  private static String name(Figure figure) {
    String word = figure.name().replaceAll("_.*", "");
    return word + ", " + figure.unit();
  }

  private static String text(Optional<Interval> interval, Figure figure) {
    return interval
        .map(is -> number(is.estimate(), figure) + range(is, figure))
        .orElse(Humans.NOTHING);
  }

  private static String range(Interval interval, Figure figure) {
    return interval
        .low()
        .flatMap(
            low ->
                interval
                    .high()
                    .map(high -> " [" + number(low, figure) + ", " + number(high, figure) + "]"))
        .orElse("");
  }

  private static String number(double value, Figure figure) {
    return String.format(Locale.ROOT, figure.format(), value * figure.scale());
  }
}

package dev.runlog.benchmarks.fairness;

import dev.runlog.benchmarks.fairness.Round.Load;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.db.WriteTurns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the ways in which processes may share one SQLite file. Prints medians, each with its
 * ratio to SQLite's own handler; the candidates take turns within each round, so that the noise of
 * the machine meets all of them.
 */
public final class Fairness implements Benchmark {

  private static final int PROCESSES = 16;
  private static final int THREADS = 4;

  /** Long enough that a process that is starved can be told from one that is only late. */
  private static final int TRIALS_A_ROUND = 4;

  private final BenchOptions options;

  public Fairness(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws IOException {
    try (Scratch scratch = Scratch.in(options.directory());
        Writers writers = Writers.start(PROCESSES)) {
      out.printf(
          "%d processes, %d threads each, medians of %d rounds of %.1f s; in brackets the ratio to sqlite%n",
          PROCESSES,
          THREADS,
          options.rounds(),
          load(Durability.PROCESS, 0).time().toMillis() / 1e3);
      for (WriteTurns turns : WriteTurns.values()) {
        measure(turns, load(Durability.PROCESS, 0), scratch, writers); // To warm the JVMs up.
      }
      for (int eventsPerSecond : new int[] {0, 100}) {
        for (Durability durability : Durability.values()) {
          compare(load(durability, eventsPerSecond), scratch, writers, out);
        }
      }
    }
  }

  private Load load(Durability durability, int eventsPerSecond) {
    return new Load(
        durability, THREADS, eventsPerSecond, options.trial().multipliedBy(TRIALS_A_ROUND));
  }

  private void compare(Load load, Scratch scratch, Writers writers, PrintStream out)
      throws IOException {
    Map<WriteTurns, List<Figures>> measured = new EnumMap<>(WriteTurns.class);
    for (int i = 0; i < options.rounds(); i++) {
      for (WriteTurns turns : WriteTurns.values()) {
        measured
            .computeIfAbsent(turns, unused -> new ArrayList<>())
            .add(measure(turns, load, scratch, writers));
      }
    }
    print(load, measured, out);
  }

  /** On a new file each time. */
  private static Figures measure(WriteTurns turns, Load load, Scratch scratch, Writers writers)
      throws IOException {
    try (Scratch round = Scratch.in(scratch.directory())) {
      Path database = round.file("runlog.db");
      Database.open(new DatabaseSettings(database.toString(), load.durability())).close();
      return Figures.of(writers.run(new Round(turns, load, database.toString())), load.time());
    }
  }

  private static void print(Load load, Map<WriteTurns, List<Figures>> measured, PrintStream out) {
    Map<WriteTurns, Figures> medians = new EnumMap<>(WriteTurns.class);
    measured.forEach((turns, figures) -> medians.put(turns, Figures.medians(figures)));
    Figures reference = medians.getOrDefault(WriteTurns.SQLITE, new Figures(1, 1, 1, 1, 0));
    out.printf("%n%s%n", load.describe());
    out.printf(
        "  %-17s %-20s %-20s %-20s %-11s %s%n",
        "", "events/s", "p99 ms", "longest wait ms", "least/most", "refused");
    medians.forEach(
        (turns, figures) ->
            out.printf(
                "  %-17s %-20s %-20s %-20s %-11.2f %.0f%n",
                turns.name().toLowerCase(Locale.ROOT),
                withRatio(figures.rate(), reference.rate()),
                withRatio(figures.p99Millis(), reference.p99Millis()),
                withRatio(figures.longestMillis(), reference.longestMillis()),
                figures.evenness(),
                figures.refused()));
  }

  private static String withRatio(double figure, double reference) {
    return "%.1f (%.2f)".formatted(figure, figure / reference);
  }
}

package dev.runlog.benchmarks.fairness;

import dev.runlog.benchmarks.fairness.Round.Load;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.db.WriteTurns;
import dev.runlog.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the ways in which processes may share one SQLite file: {@code ./runlog bench fairness
 * [PROCESSES THREADS SECONDS ROUNDS]}. Prints medians, each with its ratio to SQLite's own handler;
 * the candidates take turns within each round, so that the noise of the machine meets all of them.
 */
public final class FairnessMain {

  private final int threads;
  private final int seconds;
  private final int rounds;
  private final Path directory;
  private final Writers writers;
  private int databases;

  private FairnessMain(int threads, int seconds, int rounds, Path directory, Writers writers) {
    this.threads = threads;
    this.seconds = seconds;
    this.rounds = rounds;
    this.directory = directory;
    this.writers = writers;
  }

  public static void main(String[] args) throws IOException {
    List<Integer> numbers = numbers(args).orElse(List.of());
    if (numbers.isEmpty()) {
      System.err.println(
          "runlog: usage: ./runlog bench fairness [PROCESSES THREADS SECONDS ROUNDS]");
      System.exit(ExitCode.USAGE);
    }
    Path directory = Files.createTempDirectory("runlog-bench");
    try (Writers writers = Writers.start(numbers.get(0))) {
      System.out.printf(
          "%d processes, %d threads each, medians of %d rounds of %d s; in brackets the ratio to sqlite%n",
          numbers.get(0), numbers.get(1), numbers.get(3), numbers.get(2));
      new FairnessMain(numbers.get(1), numbers.get(2), numbers.get(3), directory, writers).run();
    } finally {
      delete(directory);
    }
  }

  private void run() throws IOException {
    for (WriteTurns turns : WriteTurns.values()) {
      measure(turns, new Load(Durability.PROCESS, threads, 0, seconds)); // To warm the JVMs up.
    }
    for (int eventsPerSecond : new int[] {0, 100}) {
      for (Durability durability : Durability.values()) {
        compare(new Load(durability, threads, eventsPerSecond, seconds));
      }
    }
  }

  private void compare(Load load) throws IOException {
    Map<WriteTurns, List<Figures>> measured = new EnumMap<>(WriteTurns.class);
    for (int i = 0; i < rounds; i++) {
      for (WriteTurns turns : WriteTurns.values()) {
        measured.computeIfAbsent(turns, unused -> new ArrayList<>()).add(measure(turns, load));
      }
    }
    print(load, measured);
  }

  private Figures measure(WriteTurns turns, Load load) throws IOException {
    Path database = directory.resolve("round-" + ++databases + ".db");
    Database.open(new DatabaseSettings(database.toString(), load.durability())).close();
    return Figures.of(writers.run(new Round(turns, load, database.toString())), load.seconds());
  }

  private static void print(Load load, Map<WriteTurns, List<Figures>> measured) {
    Map<WriteTurns, Figures> medians = new EnumMap<>(WriteTurns.class);
    measured.forEach((turns, figures) -> medians.put(turns, Figures.medians(figures)));
    Figures reference = medians.getOrDefault(WriteTurns.SQLITE, new Figures(1, 1, 1, 1, 0));
    System.out.printf("%n%s%n", load.describe());
    System.out.printf(
        "  %-17s %-20s %-20s %-20s %-11s %s%n",
        "", "events/s", "p99 ms", "longest wait ms", "least/most", "refused");
    medians.forEach(
        (turns, figures) ->
            System.out.printf(
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

  /** Empty when they are not four positive numbers. */
  private static Optional<List<Integer>> numbers(String[] args) {
    if (args.length == 0) {
      return Optional.of(List.of(16, 4, 4, 5));
    }
    if (args.length != 4 || !Stream.of(args).allMatch(arg -> arg.matches("[1-9][0-9]{0,3}"))) {
      return Optional.empty();
    }
    return Optional.of(Stream.of(args).map(Integer::valueOf).toList());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

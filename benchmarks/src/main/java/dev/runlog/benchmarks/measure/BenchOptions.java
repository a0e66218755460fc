package dev.runlog.benchmarks.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * How much is measured, and where.
 *
 * @param rounds how often each thing is measured
 * @param trial how long one measurement of a rate takes
 * @param rows how many events the large file holds
 * @param directory where files are made; the large one stays there for the next time
 * @param postgres the JDBC URL of a PostgreSQL database that may be filled, empty to start one
 */
public record BenchOptions(
    int rounds, Duration trial, long rows, Path directory, Optional<String> postgres) {

  public static final String USAGE =
      "[--rounds N] [--millis N] [--rows N] [--dir DIR] [--postgres URL]";

  private static final BenchOptions DEFAULT =
      new BenchOptions(
          7,
          Duration.ofSeconds(1),
          10_000_000,
          Path.of(System.getProperty("user.home"), ".cache", "runlog-bench"),
          Optional.empty());

  public BenchOptions {
    if (rounds < 1 || trial.toMillis() < 1 || rows < 1) {
      throw new IllegalArgumentException("rounds, millis and rows are 1 or more");
    }
  }

  /**
   * Reads options as they stand on a command line.
   *
   * @throws IllegalArgumentException when one is unknown or its value cannot be read
   */
  public static BenchOptions parse(List<String> args) {
    BenchOptions options = DEFAULT;
    Iterator<String> words = args.iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!words.hasNext()) {
        throw new IllegalArgumentException(option + ": the value is missing");
      }
      options = options.with(option, words.next());
    }
    return options;
  }

  /** One round in five does not count, at least one: it lets the machine code be compiled. */
  public Rounds inRounds() {
    return new Rounds(Math.max(1, rounds / 5), rounds);
  }

  /** Rounds of processes that warm up by themselves. */
  public Rounds forks() {
    return new Rounds(0, rounds);
  }

  private BenchOptions with(String option, String value) {
    return switch (option) {
      case "--rounds" ->
          new BenchOptions(
              Math.toIntExact(number(option, value)), trial, rows, directory, postgres);
      case "--millis" ->
          new BenchOptions(
              rounds, Duration.ofMillis(number(option, value)), rows, directory, postgres);
      case "--rows" -> new BenchOptions(rounds, trial, number(option, value), directory, postgres);
      case "--dir" -> new BenchOptions(rounds, trial, rows, Path.of(value), postgres);
      case "--postgres" -> new BenchOptions(rounds, trial, rows, directory, Optional.of(value));
      default -> throw new IllegalArgumentException(option + ": no such option");
    };
  }

  private static long number(String option, String value) {
    try {
      return Long.parseLong(value.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + ": '" + value + "' is not a number", e);
    }
  }
}

package dev.runlog.benchmarks.queries;

import dev.runlog.benchmarks.append.BenchLog;
import dev.runlog.benchmarks.append.RawSqlite;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.CpuTime;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Target;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The processor time of an append to a large log, against the same to a small one. */
public final class AppendToLarge implements Benchmark {

  private static final long SMALL_ROWS = 100_000;
  private static final int BATCH = 100;
  private static final int BATCHES = 200;
  private static final Target TARGET = Target.atMost(1.2);

  private final BenchOptions options;

  public AppendToLarge(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    EventFile large = EventFile.in(options.directory(), options.rows());
    EventFile small = EventFile.in(options.directory(), Math.min(SMALL_ROWS, options.rows()));
    try (BenchLog toLarge = BenchLog.open(large.settings());
        BenchLog toSmall = BenchLog.open(small.settings())) {
      List<Sample> samples =
          options
              .inRounds()
              .measure(List.of(() -> microsPerRow(toLarge), () -> microsPerRow(toSmall)));
      out.println(
          new Comparison(
                  "CPU of an append to %,d events, batches of %d".formatted(large.rows(), BATCH),
                  "the same to %,d".formatted(small.rows()),
                  samples.get(0),
                  samples.get(1),
                  "µs",
                  Optional.of(TARGET))
              .describe());
    } finally {
      removeWhatWasAppended(large);
      removeWhatWasAppended(small);
    }
  }

  private static double microsPerRow(BenchLog log) throws Exception {
    double micros =
        CpuTime.microsOf(
            () -> {
              for (int i = 0; i < BATCHES; i++) {
                log.appendTogether(BATCH);
              }
            });
    return micros / (BATCH * BATCHES);
  }

  /** So that the file is as it was made. */
  private static void removeWhatWasAppended(EventFile file) throws SQLException {
    try (Connection connection = RawSqlite.connect(file.path());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM events WHERE id > " + file.rows());
    }
  }
}

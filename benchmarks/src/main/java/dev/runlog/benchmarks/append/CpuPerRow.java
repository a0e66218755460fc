package dev.runlog.benchmarks.append;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.CpuTime;
import dev.runlog.benchmarks.measure.Rate;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** The processor time of a row in batches of 100, over all threads, against raw JDBC. */
public final class CpuPerRow implements Benchmark {

  private static final int BATCH = 100;
  private static final Target TARGET = Target.atMost(1.3);

  private final BenchOptions options;

  public CpuPerRow(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory());
        BenchLog log =
            BenchLog.open(
                new DatabaseSettings(scratch.file("runlog.db").toString(), Durability.PROCESS));
        BenchLog async =
            BenchLog.open(
                new DatabaseSettings(scratch.file("async.db").toString(), Durability.PROCESS));
        RawSqlite raw = RawSqlite.open(scratch.file("raw.db"), Durability.PROCESS)) {
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      () -> microsPerRow(() -> log.appendTogether(BATCH)),
                      () -> microsPerRow(() -> raw.appendTogether(BATCH)),
                      () -> microsPerRow(() -> async.appendWithoutWaiting(BATCH))));
      String reference = "raw JDBC, batches of " + BATCH + ", the payload ready as text";
      out.println(
          new Comparison(
                  "CPU a row, " + BATCH + " events in one transaction",
                  reference,
                  samples.get(0),
                  samples.get(1),
                  "µs",
                  Optional.of(TARGET))
              .describe());
      out.println(
          new Comparison(
                  "CPU a row, " + BATCH + " events handed in one by one, then awaited",
                  reference,
                  samples.get(2),
                  samples.get(1),
                  "µs",
                  Optional.empty())
              .describe());
    }
  }

  private double microsPerRow(Rate.Step batch) throws Exception {
    double[] rows = new double[1];
    double micros = CpuTime.microsOf(() -> rows[0] = rows(batch));
    return micros / rows[0];
  }

  private double rows(Rate.Step batch) throws Exception {
    long begun = System.nanoTime();
    long rows = 0;
    do {
      rows += batch.run();
    } while (System.nanoTime() - begun < options.trial().toNanos());
    return rows;
  }
}

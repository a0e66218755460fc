package dev.runlog.benchmarks.postgres;

import dev.runlog.benchmarks.append.BenchLog;
import dev.runlog.benchmarks.append.GroupedRate;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Rate;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Many threads of one process that wait for their commit, on SQLite and on PostgreSQL, both synced
 * to the disk; and PostgreSQL against raw JDBC that inserts batches of the size reached.
 */
public final class OnPostgres implements Benchmark {

  private static final int THREADS = 64;
  private static final Target SQLITE_TO_POSTGRES = Target.atLeast(3);
  private static final Target TO_RAW = Target.atLeast(0.65);

  private final BenchOptions options;

  public OnPostgres(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (BenchServer server = BenchServer.of(options.postgres())) {
      compare(server, out);
    } catch (IOException | IllegalStateException e) {
      out.println(
          "PostgreSQL: skipped, none can be started here; name one by --postgres URL ("
              + e.getMessage()
              + ")");
    }
  }

  private void compare(BenchServer server, PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory());
        BenchLog sqlite =
            BenchLog.open(
                new DatabaseSettings(scratch.file("runlog.db").toString(), Durability.POWER));
        BenchLog postgres = BenchLog.open(new DatabaseSettings(server.url(), Durability.POWER));
        RawPostgres raw = RawPostgres.open(server.url())) {
      GroupedRate onPostgres = new GroupedRate(postgres, THREADS, options.trial());
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      new GroupedRate(sqlite, THREADS, options.trial()),
                      onPostgres,
                      () -> rawRate(raw, onPostgres.batchReached())));
      out.println(
          new Comparison(
                  THREADS + " threads waiting for their commit, SQLite, durability power",
                  "the same on PostgreSQL, synchronous_commit on",
                  samples.get(0),
                  samples.get(1),
                  "events/s",
                  Optional.of(SQLITE_TO_POSTGRES))
              .describe());
      out.println(
          new Comparison(
                  THREADS + " threads waiting for their commit, PostgreSQL",
                  "raw JDBC, one thread, multi-row inserts of " + onPostgres.batchReached(),
                  samples.get(1),
                  samples.get(2),
                  "events/s",
                  Optional.of(TO_RAW))
              .describe());
    }
  }

  private double rawRate(RawPostgres raw, int batch) throws Exception {
    return Rate.perSecond(options.trial(), () -> raw.append(batch));
  }
}

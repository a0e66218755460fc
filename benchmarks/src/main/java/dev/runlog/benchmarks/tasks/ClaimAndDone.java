package dev.runlog.benchmarks.tasks;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.benchmarks.postgres.BenchServer;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that do nothing, claimed and done by four threads of one process: on SQLite, and on
 * PostgreSQL against db-scheduler on the same server.
 */
public final class ClaimAndDone implements Benchmark {

  private static final int THREADS = 4;
  private static final int TASKS_A_MILLI = 2;
  private static final Target TO_DB_SCHEDULER = Target.atLeast(1);

  private final BenchOptions options;

  public ClaimAndDone(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    compareOnSqlite(out);
    try (BenchServer server = BenchServer.of(options.postgres())) {
      compareOnPostgres(server, out);
    } catch (IOException | IllegalStateException e) {
      out.println(
          "PostgreSQL: skipped, none can be started here; name one by --postgres URL ("
              + e.getMessage()
              + ")");
    }
  }

  private void compareOnSqlite(PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory());
        BenchQueue process = sqlite(scratch, Durability.PROCESS);
        BenchQueue power = sqlite(scratch, Durability.POWER)) {
      List<Sample> samples = options.inRounds().measure(List.of(rate(process), rate(power)));
      print(
          out,
          "SQLite, durability process",
          "the same, durability power",
          samples,
          Optional.empty());
    }
  }

  private void compareOnPostgres(BenchServer server, PrintStream out) throws Exception {
    try (BenchQueue queue = BenchQueue.open(new DatabaseSettings(server.url(), Durability.POWER));
        DbSchedulerRate scheduler = DbSchedulerRate.open(server.url(), THREADS, tasks())) {
      List<Sample> samples = options.inRounds().measure(List.of(rate(queue), scheduler));
      print(
          out,
          "PostgreSQL, synchronous_commit on",
          "db-scheduler, " + THREADS + " threads, lock and fetch, without a log of events",
          samples,
          Optional.of(TO_DB_SCHEDULER));
    }
  }

  private static void print(
      PrintStream out,
      String store,
      String reference,
      List<Sample> samples,
      Optional<Target> target) {
    out.println(
        new Comparison(
                "tasks claimed and done with their two events, " + THREADS + " threads, " + store,
                reference,
                samples.get(0),
                samples.get(1),
                "tasks/s",
                target)
            .describe());
  }

  private QueueRate rate(BenchQueue queue) {
    return new QueueRate(queue, THREADS, tasks());
  }

  private int tasks() {
    return Math.toIntExact(Math.max(THREADS, options.trial().toMillis() * TASKS_A_MILLI));
  }

  private static BenchQueue sqlite(Scratch scratch, Durability durability) {
    String file = scratch.file(durability.wireName() + ".db").toString();
    return BenchQueue.open(new DatabaseSettings(file, durability));
  }
}

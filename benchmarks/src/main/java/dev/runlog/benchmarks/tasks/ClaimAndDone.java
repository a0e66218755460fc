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
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that do nothing, claimed and done by four workers, which are threads here: on SQLite, and
 * on PostgreSQL against db-scheduler on the same server.
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
      List<Sample> samples = options.inRounds().measure(List.of(sharing(process), sharing(power)));
      print(
          out,
          "SQLite, durability process",
          "the same, durability power",
          samples,
          Optional.empty());
    }
  }

  /** Each worker has a connection, as each thread of db-scheduler has. */
  private void compareOnPostgres(BenchServer server, PrintStream out) throws Exception {
    DatabaseSettings settings = new DatabaseSettings(server.url(), Durability.POWER);
    try (BenchQueue first = BenchQueue.open(settings);
        BenchQueue second = BenchQueue.open(settings);
        BenchQueue third = BenchQueue.open(settings);
        BenchQueue fourth = BenchQueue.open(settings);
        DbSchedulerRate scheduler = DbSchedulerRate.open(server.url(), THREADS, tasks())) {
      QueueRate workers = new QueueRate(List.of(first, second, third, fourth), tasks());
      List<Sample> samples =
          options.inRounds().measure(List.of(workers, scheduler, sharing(first)));
      String reference =
          "db-scheduler, " + THREADS + " threads, lock and fetch, without a log of events";
      print(
          out,
          "PostgreSQL, synchronous_commit on, a connection each",
          reference,
          samples.subList(0, 2),
          Optional.of(TO_DB_SCHEDULER));
      print(
          out,
          "PostgreSQL, synchronous_commit on, one connection for all",
          reference,
          List.of(samples.get(2), samples.get(1)),
          Optional.empty());
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
                "tasks claimed and done with their two events, " + THREADS + " workers, " + store,
                reference,
                samples.get(0),
                samples.get(1),
                "tasks/s",
                target)
            .describe());
  }

  /** Threads of one process, which share its connection and its commits. */
  private QueueRate sharing(BenchQueue queue) {
    return new QueueRate(Collections.nCopies(THREADS, queue), tasks());
  }

  private int tasks() {
    return Math.toIntExact(Math.max(THREADS, options.trial().toMillis() * TASKS_A_MILLI));
  }

  private static BenchQueue sqlite(Scratch scratch, Durability durability) {
    String file = scratch.file(durability.wireName() + ".db").toString();
    return BenchQueue.open(new DatabaseSettings(file, durability));
  }
}

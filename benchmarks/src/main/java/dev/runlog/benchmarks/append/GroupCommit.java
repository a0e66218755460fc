package dev.runlog.benchmarks.append;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Rate;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Threads that each wait for their commit: against one thread of raw JDBC that writes batches of
 * the size that group commit reached, and against raw JDBC with a lock and a commit a thread.
 */
public final class GroupCommit implements Benchmark {

  private static final int THREADS = 16;
  private static final Target OF_BATCHES = Target.atLeast(0.65);
  private static final Target OF_LOCKED = Target.atLeast(5);

  private final BenchOptions options;

  public GroupCommit(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory());
        BenchLog log =
            BenchLog.open(
                new DatabaseSettings(scratch.file("runlog.db").toString(), Durability.POWER));
        RawSqlite batches = RawSqlite.open(scratch.file("batches.db"), Durability.POWER);
        RawSqlite locked = RawSqlite.open(scratch.file("locked.db"), Durability.POWER)) {
      GroupedRate grouped = new GroupedRate(log, THREADS, options.trial());
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      grouped,
                      () ->
                          Rate.perSecond(
                              options.trial(),
                              () -> batches.appendTogether(grouped.batchReached())),
                      () -> Rate.perSecond(options.trial(), THREADS, () -> appendLocked(locked))));
      String what = THREADS + " threads waiting for their commit, durability power";
      String reached = "raw JDBC, one thread, batches of " + grouped.batchReached();
      out.println(
          new Comparison(
                  what,
                  reached,
                  samples.get(0),
                  samples.get(1),
                  "events/s",
                  Optional.of(OF_BATCHES))
              .describe());
      out.println(
          new Comparison(
                  what,
                  "raw JDBC, a lock and a commit a thread",
                  samples.get(0),
                  samples.get(2),
                  "events/s",
                  Optional.of(OF_LOCKED))
              .describe());
    }
  }

  private static int appendLocked(RawSqlite raw) throws SQLException {
    synchronized (raw) {
      return raw.append();
    }
  }
}

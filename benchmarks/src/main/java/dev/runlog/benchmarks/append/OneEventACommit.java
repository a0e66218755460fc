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
import java.util.List;
import java.util.Optional;

/** One thread that waits for the commit of each event, against raw JDBC. */
public final class OneEventACommit implements Benchmark {

  private static final Target TARGET = Target.atLeast(0.85);

  private final BenchOptions options;

  public OneEventACommit(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    for (Durability durability : Durability.values()) {
      out.println(compare(durability).describe());
    }
  }

  private Comparison compare(Durability durability) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory());
        BenchLog log =
            BenchLog.open(new DatabaseSettings(scratch.file("runlog.db").toString(), durability));
        RawSqlite raw = RawSqlite.open(scratch.file("raw.db"), durability)) {
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      () -> Rate.perSecond(options.trial(), log::append),
                      () -> Rate.perSecond(options.trial(), raw::append)));
      return new Comparison(
          "one thread, one event a commit, durability " + durability.wireName(),
          "raw JDBC, one insert a commit",
          samples.get(0),
          samples.get(1),
          "events/s",
          // The target speaks of commits that are synced to the disk; without that it is a look.
          durability == Durability.POWER ? Optional.of(TARGET) : Optional.empty());
    }
  }
}

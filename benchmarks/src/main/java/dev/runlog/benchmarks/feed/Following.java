package dev.runlog.benchmarks.feed;

import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.benchmarks.postgres.BenchServer;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Following the log on each store: how long after its commit an event arrives, and what the
 * follower costs while nothing happens.
 */
public final class Following implements Benchmark {

  private static final Target MILLIS = Target.atMost(100);
  private static final Target PERCENT_OF_A_CORE = Target.atMost(2);

  /** So that the follower is asleep when an event comes. */
  private static final Duration PAUSE = Duration.ofMillis(37);

  private static final int EVENTS_A_ROUND = 20;
  private static final int TRIALS_OF_IDLENESS = 10;

  private final BenchOptions options;

  public Following(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory())) {
      measure("SQLite", scratch.file("runlog.db").toString(), out);
    }
    try (BenchServer server = BenchServer.of(options.postgres())) {
      measure("PostgreSQL", server.url(), out);
    } catch (IOException | IllegalStateException e) {
      out.println("PostgreSQL: skipped, none can be started here (" + e.getMessage() + ")");
    }
  }

  private void measure(String store, String location, PrintStream out) throws Exception {
    try (FollowedLog log = FollowedLog.open(new DatabaseSettings(location, Durability.PROCESS))) {
      log.delays(EVENTS_A_ROUND, PAUSE); // lets the machine code be compiled
      Sample delays = log.delays(EVENTS_A_ROUND * options.rounds(), PAUSE);
      out.println("%s: from the commit of an event to its follower".formatted(store));
      out.println("  ms at the median   " + MILLIS.describe(delays.median()));
      out.println("  ms at the worst    " + MILLIS.describe(delays.most()));
      double percent = 100 * log.idleShare(options.trial().multipliedBy(TRIALS_OF_IDLENESS));
      out.println("  %% of a core idle   %s".formatted(PERCENT_OF_A_CORE.describe(percent)));
    }
  }
}

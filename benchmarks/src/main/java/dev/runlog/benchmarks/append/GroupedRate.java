package dev.runlog.benchmarks.append;

import dev.runlog.benchmarks.measure.Rate;
import dev.runlog.benchmarks.measure.Trial;
import java.time.Duration;

/** The rate of threads that each wait for their commit, and how many events shared a commit. */
public final class GroupedRate implements Trial {

  private final BenchLog log;
  private final int threads;
  private final Duration duration;
  private int batchReached = 1;

  public GroupedRate(BenchLog log, int threads, Duration duration) {
    this.log = log;
    this.threads = threads;
    this.duration = duration;
  }

  @Override
  public double measure() throws Exception {
    long commitsBefore = log.commits();
    long begun = System.nanoTime();
    double rate = Rate.perSecond(duration, threads, log::append);
    double events = rate * (System.nanoTime() - begun) / 1e9;
    batchReached = Math.max(1, (int) Math.round(events / (log.commits() - commitsBefore)));
    return rate;
  }

  /** How many events shared a commit in the last measurement, on average. */
  public int batchReached() {
    return batchReached;
  }
}

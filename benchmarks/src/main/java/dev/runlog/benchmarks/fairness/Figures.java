package dev.runlog.benchmarks.fairness;

import dev.runlog.benchmarks.measure.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of a round, or the medians of several.
 *
 * @param rate events a second of all processes together
 * @param p99Millis what 99 of 100 appends stayed below
 * @param longestMillis the longest that anybody waited
 * @param evenness the least served process's events by the most served one's
 * @param refused appends that failed
 */
record Figures(
    double rate, double p99Millis, double longestMillis, double evenness, double refused) {

  static Figures of(List<Waits> processes, Duration time) {
    Waits all = new Waits();
    processes.forEach(all::addAll);
    int least = processes.stream().mapToInt(Waits::served).min().orElse(0);
    int most = processes.stream().mapToInt(Waits::served).max().orElse(0);
    return new Figures(
        all.served() * 1e3 / time.toMillis(),
        all.p99Millis(),
        all.longestMillis(),
        least / (double) Math.max(1, most),
        all.refused());
  }

  /** Refused ones are counted all together: one is too many. */
  static Figures medians(List<Figures> rounds) {
    return new Figures(
        median(rounds, Figures::rate),
        median(rounds, Figures::p99Millis),
        median(rounds, Figures::longestMillis),
        median(rounds, Figures::evenness),
        rounds.stream().mapToDouble(Figures::refused).sum());
  }

  private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
    return new Sample(rounds.stream().mapToDouble(figure).boxed().toList()).median();
  }
}

package dev.runlog.events.work;

import java.util.Optional;

/** Quantiles of a sample, by nearest rank. */
public final class Quantile {

  private Quantile() {}

  /**
   * The value that this share of the sample does not exceed; empty for an empty sample.
   *
   * @param sorted the sample in ascending order
   * @param share above 0, at most 1
   */
  public static Optional<Long> of(long[] sorted, double share) {
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(sorted[index(sorted.length, Math.ceil(share * sorted.length))]);
  }

  /**
   * The same with the interval between two values of the sample: those of rank nq ± z√(nq(1−q)),
   * the normal approximation of the binomial distribution of ranks, z = 1.96, which makes no
   * assumption on how the values are distributed (Conover, Practical Nonparametric Statistics,
   * 3.2).
   */
  public static Optional<Interval> withInterval(long[] sorted, double share) {
    int n = sorted.length;
    double spread = Share.Z * Math.sqrt(n * share * (1 - share));
    return of(sorted, share)
        .map(
            value ->
                new Interval(
                    value,
                    sorted[index(n, Math.floor(n * share - spread))],
                    sorted[index(n, Math.ceil(n * share + spread) + 1)]));
  }

  private static int index(int n, double rank) {
    return (int) Math.max(0, Math.min(n - 1, rank - 1));
  }
}

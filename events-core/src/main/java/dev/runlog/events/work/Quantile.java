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
   * 3.2). Where the sample has no such ranks, as below 8 values for the median and 110 for the 95th
   * percentile, the interval is unknown: the ends of the sample would hold the true value far less
   * often than is said.
   */
  public static Optional<Interval> withInterval(long[] sorted, double share) {
    int n = sorted.length;
    double spread = Share.Z * Math.sqrt(n * share * (1 - share));
    double low = Math.floor(n * share - spread);
    double high = Math.ceil(n * share + spread) + 1;
    return of(sorted, share)
        .map(
            value ->
                low < 1 || high > n
                    ? Interval.unknown((double) value)
                    : Interval.between(
                        (double) value,
                        (double) sorted[index(n, low)],
                        (double) sorted[index(n, high)]));
  }

  private static int index(int n, double rank) {
    return (int) Math.max(0, Math.min(n - 1, rank - 1));
  }
}

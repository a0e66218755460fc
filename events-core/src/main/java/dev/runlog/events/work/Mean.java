package dev.runlog.events.work;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** Means of a sample. */
public final class Mean {

  private static final int RESAMPLES = 2000;
  private static final int FEWEST_RESAMPLES = 200;

  /** Values drawn at most, so that a large sample does not take minutes. */
  private static final long MOST_DRAWS = 20_000_000;

  /** Fixed, so that the same events always give the same figures. */
  private static final long SEED = 20_260_101;

  /** Resamples of fewer values vary far less than the mean itself does; of one, not at all. */
  private static final int FEWEST_VALUES = 8;

  private Mean() {}

  /**
   * The mean with the percentile bootstrap interval: the sample is drawn again with replacement
   * 2000 times (fewer, but at least 200, for more than 10,000 values), and the interval is between
   * the 2.5th and the 97.5th percentile of the means (Efron 1979). Below 8 values the interval is
   * unknown. Empty for an empty sample.
   */
  public static Optional<Interval> of(double[] sample) {
    if (sample.length == 0) {
      return Optional.empty();
    }
    double mean = Arrays.stream(sample).average().orElseThrow();
    if (sample.length < FEWEST_VALUES) {
      return Optional.of(Interval.unknown(mean));
    }
    double[] means = meansOfResamples(sample);
    return Optional.of(Interval.between(mean, at(means, 0.025), at(means, 0.975)));
  }

  private static double[] meansOfResamples(double[] sample) {
    SplittableRandom random = new SplittableRandom(SEED);
    int count = (int) Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, MOST_DRAWS / sample.length));
    double[] means = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int drawn = 0; drawn < sample.length; drawn++) {
        sum += sample[random.nextInt(sample.length)];
      }
      means[i] = sum / sample.length;
    }
    Arrays.sort(means);
    return means;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}

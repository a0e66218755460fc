package dev.runlog.events.work;

import java.util.Optional;

/** Shares of something that happens or does not. */
public final class Share {

  /** The two-sided 95 % point of the normal distribution. */
  static final double Z = 1.959964;

  private Share() {}

  /**
   * The share of hits with Wilson's score interval: centre (p + z²/2n) / (1 + z²/n), half its width
   * z / (1 + z²/n) · √(p(1−p)/n + z²/4n²), with z = 1.96; good also for few trials and for shares
   * near 0 and 1 (Wilson 1927, JASA 22:209).
   *
   * @return empty without any trial
   */
  public static Optional<Interval> of(long hits, long trials) {
    if (trials <= 0) {
      return Optional.empty();
    }
    double n = trials;
    double p = Math.min(1, hits / n);
    double scale = 1 + Z * Z / n;
    double centre = (p + Z * Z / (2 * n)) / scale;
    double half = Z / scale * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    return Optional.of(Interval.between(p, Math.max(0, centre - half), Math.min(1, centre + half)));
  }
}

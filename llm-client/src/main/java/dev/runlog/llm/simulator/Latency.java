package dev.runlog.llm.simulator;

import java.time.Duration;

/**
 * How long an answer takes: between both bounds, evenly spread.
 *
 * @param min at least
 * @param max at most
 */
public record Latency(Duration min, Duration max) {

  public static final Latency NONE = of(Duration.ZERO);

  public Latency {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "latency from " + min + " to " + max + " is no range of times");
    }
  }

  /** Always the same. */
  public static Latency of(Duration fixed) {
    return new Latency(fixed, fixed);
  }

  /** The duration at a place between the bounds, from 0 to 1. */
  Duration at(double place) {
    return min.plusMillis(Math.round(place * max.minus(min).toMillis()));
  }
}

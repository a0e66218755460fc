package dev.runlog.events.work;

import java.util.Optional;

/**
 * An estimate and, where there is enough to tell, where the true value lies with a confidence of 95
 * %.
 *
 * @param estimate what was seen
 * @param low lower end, empty when too little was seen
 * @param high upper end, empty when too little was seen
 */
public record Interval(double estimate, Optional<Double> low, Optional<Double> high) {

  static Interval between(double estimate, double low, double high) {
    return new Interval(estimate, Optional.of(low), Optional.of(high));
  }

  /** Of too small a sample. */
  static Interval unknown(double estimate) {
    return new Interval(estimate, Optional.empty(), Optional.empty());
  }

  /** Whether nothing that fits one also fits the other; never where one of them is not known. */
  public boolean isApartFrom(Interval other) {
    return isBelow(other) || other.isBelow(this);
  }

  private boolean isBelow(Interval other) {
    return high.isPresent() && other.low.isPresent() && high.get() < other.low.get();
  }
}

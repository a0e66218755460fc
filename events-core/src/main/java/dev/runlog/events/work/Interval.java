package dev.runlog.events.work;

/**
 * An estimate and where the true value lies with a confidence of 95 %.
 *
 * @param estimate what was seen
 * @param low lower end
 * @param high upper end
 */
public record Interval(double estimate, double low, double high) {

  /** Whether nothing that fits one also fits the other. */
  public boolean isApartFrom(Interval other) {
    return high < other.low || other.high < low;
  }
}

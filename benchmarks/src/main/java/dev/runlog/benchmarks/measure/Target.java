package dev.runlog.benchmarks.measure;

/**
 * The ratio that is to be reached.
 *
 * @param isFloor whether a larger ratio is better
 */
public record Target(double ratio, boolean isFloor) {

  public static Target atLeast(double ratio) {
    return new Target(ratio, true);
  }

  public static Target atMost(double ratio) {
    return new Target(ratio, false);
  }

  public boolean isMetBy(double measured) {
    return isFloor ? measured >= ratio : measured <= ratio;
  }

  /** {@code 0.91 ≥ 0.85 met}, for a figure that has no reference. */
  public String describe(double measured) {
    return Comparison.figure(measured) + "   " + verdict(measured);
  }

  /** {@code ≥ 0.85 met}. */
  String verdict(double measured) {
    return "%s %s %s"
        .formatted(
            isFloor ? "≥" : "≤", Comparison.figure(ratio), isMetBy(measured) ? "met" : "MISSED");
  }
}

package dev.runlog.benchmarks.measure;

import java.util.Locale;
import java.util.Optional;

/**
 * Something and its reference, measured in turn. The ratio is the median of the ratios of the
 * rounds, which drift of the machine hardly moves.
 *
 * @param what what was measured
 * @param reference what it is compared with
 * @param unit of both
 * @param target empty where the ratio only says what to expect
 */
public record Comparison(
    String what,
    String reference,
    Sample measured,
    Sample referenceMeasured,
    String unit,
    Optional<Target> target) {

  public double ratio() {
    return measured.dividedBy(referenceMeasured).median();
  }

  /** Three lines: what, both figures, the ratio with its range and whether the target is met. */
  public String describe() {
    Sample ratios = measured.dividedBy(referenceMeasured);
    return "%s%n  against %s%n  %s : %s %s = %s (%s to %s)%s"
        .formatted(
            what,
            reference,
            figure(measured.median()),
            figure(referenceMeasured.median()),
            unit,
            figure(ratios.median()),
            figure(ratios.least()),
            figure(ratios.most()),
            target.map(t -> "   " + t.verdict(ratios.median())).orElse(""));
  }

  /** Three digits that matter. */
  static String figure(double value) {
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (Math.abs(value) >= 0.1) {
      return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

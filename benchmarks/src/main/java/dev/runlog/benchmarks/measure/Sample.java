package dev.runlog.benchmarks.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What repeated measurements gave. A wide range says that the machine was noisy.
 *
 * @param values at least one, in the order measured
 */
public record Sample(List<Double> values) {

  public Sample {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a sample needs a measurement");
    }
  }

  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  public double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * Each value divided by the one that was measured right after it.
   *
   * @param reference as many values as this
   */
  public Sample dividedBy(Sample reference) {
    if (reference.values.size() != values.size()) {
      throw new IllegalArgumentException(
          values.size() + " measurements against " + reference.values.size());
    }
    return new Sample(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / reference.values.get(i))
            .toList());
  }

  /** {@code median (least to most) unit}. */
  public String describe(String unit) {
    return "%.0f (%.0f to %.0f) %s".formatted(median(), least(), most(), unit);
  }
}

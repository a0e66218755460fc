package dev.runlog.benchmarks;

import java.util.List;

/**
 * What repeated measurements gave. A wide range says that the machine was noisy.
 *
 * @param values at least one, in the order measured
 */
record Sample(List<Double> values) {

  Sample {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a sample needs a measurement");
    }
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** {@code median (least to most) unit}. */
  String describe(String unit) {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return "%.0f (%.0f to %.0f) %s".formatted(median(), least, most, unit);
  }
}

package dev.runlog.benchmarks.llm;

import java.util.List;

/** The middle of measurements. */
final class Medians {

  private Medians() {}

  /**
   * @param values at least one
   */
  static double of(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

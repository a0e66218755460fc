package dev.runlog.benchmarks.llm;

import dev.runlog.benchmarks.measure.Sample;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Milliseconds of plain and of accounted calls that were made in turns. */
final class Pairs {

  private final List<Double> plain = new ArrayList<>();
  private final List<Double> accounted = new ArrayList<>();

  void add(double plainMillis, double accountedMillis) {
    plain.add(plainMillis);
    accounted.add(accountedMillis);
  }

  /**
   * @param target what is promised of the ratio, in words
   */
  void print(PrintStream out, String what, String target) {
    double plainMillis = new Sample(plain).median();
    double accountedMillis = new Sample(accounted).median();
    out.printf(
        "  %s: %.1f ms against %.1f ms, ratio %.3f (%s), medians of %d%n",
        what, accountedMillis, plainMillis, accountedMillis / plainMillis, target, plain.size());
  }
}

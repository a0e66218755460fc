package dev.runlog.llm.tokens;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well the counter did on a group of recorded calls.
 *
 * @param name what the calls have in common
 * @param calls how many there are
 * @param exactShare share counted to the token, 0 to 1
 * @param meanRelativeError mean of |estimate − reported| / reported
 * @param closeShare share that is off by at most max(3 tokens, 1 %), 0 to 1
 */
public record AccuracyGroup(
    String name, int calls, double exactShare, double meanRelativeError, double closeShare) {

  static AccuracyGroup of(String name, List<AccuracyRow> rows) {
    return new AccuracyGroup(
        name,
        rows.size(),
        mean(rows, row -> row.agrees() ? 1 : 0),
        mean(rows, AccuracyRow::relativeError),
        mean(rows, row -> row.isClose() ? 1 : 0));
  }

  private static double mean(List<AccuracyRow> rows, ToDoubleFunction<AccuracyRow> figure) {
    return rows.stream().mapToDouble(figure).average().orElse(0);
  }
}

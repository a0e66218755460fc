package dev.runlog.worker;

import dev.runlog.llm.tokens.AccuracyGroup;
import dev.runlog.llm.tokens.AccuracyReport;
import java.util.List;
import java.util.Locale;

/** An accuracy report as a table for people. */
final class AccuracyTable {

  private final StringBuilder text = new StringBuilder();

  private AccuracyTable() {}

  static String of(AccuracyReport report) {
    AccuracyTable table = new AccuracyTable();
    table.addSection("by category", report.byCategory());
    table.addSection("by family", report.byFamily());
    table.addSection("by endpoint", report.byEndpoint());
    table.addSection("total", List.of(report.total()));
    return table.text.toString()
        + report.leftOut()
        + " more calls are in no row: nobody can count them from outside, or their bill is in doubt"
        + System.lineSeparator();
  }

  private void addSection(String title, List<AccuracyGroup> groups) {
    add(title, "calls", "exact", "mean error", "close");
    for (AccuracyGroup group : groups) {
      add(
          group.name(),
          Integer.toString(group.calls()),
          percent("%.1f %%", group.exactShare()),
          percent("%.2f %%", group.meanRelativeError()),
          percent("%.1f %%", group.closeShare()));
    }
    text.append(System.lineSeparator());
  }

  private void add(String name, String calls, String exact, String error, String close) {
    text.append(
        String.format(Locale.ROOT, "%-28s %6s %9s %11s %9s%n", name, calls, exact, error, close));
  }

  private static String percent(String format, double share) {
    return String.format(Locale.ROOT, format, 100 * share);
  }
}

package dev.runlog.console.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of cells under headings, as wide as its longest cells and no wider than the terminal, as far
 * as its columns may be cut. Not thread-safe.
 */
public final class Table {

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row, one cell a column. */
  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells do not fit " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines of the table, without spaces at their ends. */
  public List<String> lines(int terminalWidth, boolean isColoured) {
    int[] widths = widths(terminalWidth);
    List<String> lines = new ArrayList<>(rows.size() + 1);
    lines.add(line(headings(), widths, isColoured));
    rows.forEach(row -> lines.add(line(row, widths, isColoured)));
    return lines;
  }

  private List<Cell> headings() {
    return columns.stream().map(column -> Cell.of(column.title(), Style.BOLD)).toList();
  }

  private String line(List<Cell> cells, int[] widths, boolean isColoured) {
    StringBuilder line = new StringBuilder();
    int owedSpaces = 0;
    for (int i = 0; i < widths.length; i++) {
      String text = TextWidth.cut(cells.get(i).text(), widths[i]);
      int padding = widths[i] - TextWidth.of(text);
      int before = columns.get(i).isRight() ? padding : 0;
      if (!text.isEmpty()) {
        line.append(" ".repeat(owedSpaces + before));
        line.append(isColoured ? cells.get(i).style().around(text) : text);
        owedSpaces = padding - before + GAP.length();
      } else {
        owedSpaces += padding + GAP.length();
      }
    }
    return line.toString();
  }

  private int[] widths(int terminalWidth) {
    int[] widths = IntStream.range(0, columns.size()).map(this::naturalWidth).toArray();
    int tooMuch = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - terminalWidth;
    // The last columns say the least of what a row is, so they give way first.
    for (int i = widths.length - 1; i >= 0 && tooMuch > 0; i--) {
      int spare = Math.max(0, widths[i] - columns.get(i).least());
      int given = Math.min(spare, tooMuch);
      widths[i] -= given;
      tooMuch -= given;
    }
    return widths;
  }

  private int naturalWidth(int column) {
    return rows.stream()
        .mapToInt(row -> TextWidth.of(row.get(column).text()))
        .reduce(TextWidth.of(columns.get(column).title()), Math::max);
  }
}

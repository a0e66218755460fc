package dev.runlog.console.render;

/**
 * A piece of text in a table.
 *
 * @param text any text; what a terminal would obey is shown as an escape
 * @param style how it stands out
 */
public record Cell(String text, Style style) {

  public Cell {
    text = SafeText.onOneLine(text).stripTrailing();
  }

  public static Cell of(String text) {
    return new Cell(text, Style.PLAIN);
  }

  public static Cell of(String text, Style style) {
    return new Cell(text, style);
  }
}

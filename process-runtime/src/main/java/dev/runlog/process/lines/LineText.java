package dev.runlog.process.lines;

/** Makes any text fit for one line of a terminal or a log. */
final class LineText {

  private LineText() {}

  /**
   * The text with each character that would move the cursor, end the line or change how the rest is
   * read as an escape, and with its end replaced by {@code …} when it is longer than the limit.
   *
   * @param longest limit in characters of the result
   */
  static String of(String text, int longest) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), longest) + 16);
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      int before = line.length();
      append(line, codePoint);
      if (line.length() > longest - 1 && i + Character.charCount(codePoint) < text.length()) {
        line.setLength(before);
        return line.append('…').toString();
      }
    }
    return line.toString();
  }

  private static void append(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isUnsafe(codePoint)) {
          line.append("\\u").append("%04x".formatted(codePoint));
        } else {
          line.appendCodePoint(codePoint);
        }
      }
    }
  }

  private static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

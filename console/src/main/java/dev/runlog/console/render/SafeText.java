package dev.runlog.console.render;

import java.util.regex.Pattern;

/**
 * Makes any text fit for a terminal: what would move the cursor, change colours or turn the reading
 * direction is shown as an escape instead of being obeyed.
 */
public final class SafeText {

  private static final Pattern LINE_END_OR_TAB = Pattern.compile("\\R|\\t");

  private SafeText() {}

  /** The text on one line: each line end or tab becomes a space. */
  public static String onOneLine(String text) {
    return isPlain(text) ? text : escape(LINE_END_OR_TAB.matcher(text).replaceAll(" "), false);
  }

  /** The text on one line, runs of white space as one space. */
  public static String summary(String text) {
    return onOneLine(text.strip().replaceAll("\\s+", " "));
  }

  /** The text with its line ends and tabs. */
  public static String lines(String text) {
    return escape(text.replace("\r\n", "\n"), true);
  }

  private static String escape(String text, boolean keepsLines) {
    if (text.codePoints().noneMatch(SafeText::isUnsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            codePoint -> {
              boolean kept = keepsLines && (codePoint == '\n' || codePoint == '\t');
              if (isUnsafe(codePoint) && !kept) {
                safe.append(escapeOf(codePoint));
              } else {
                safe.appendCodePoint(codePoint);
              }
            });
    return safe.toString();
  }

  /** Whether it is ASCII that is printed as it is, as nearly all is. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** As in JSON, so that an escaped JSON text stays the same JSON. */
  private static String escapeOf(int codePoint) {
    StringBuilder escape = new StringBuilder();
    for (char unit : Character.toChars(codePoint)) {
      escape.append("\\u%04x".formatted((int) unit));
    }
    return escape.toString();
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

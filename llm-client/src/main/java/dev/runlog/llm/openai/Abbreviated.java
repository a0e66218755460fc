package dev.runlog.llm.openai;

/** A text of unknown length, short enough for a message or an event. */
public final class Abbreviated {

  private static final int NAME_CHARS = 100;

  private Abbreviated() {}

  /** A name of at most 100 UTF-16 units, and an ellipsis where more was. */
  public static String of(String name) {
    return of(name, NAME_CHARS);
  }

  /**
   * The whole text if it is short enough, else its first characters and an ellipsis. A surrogate
   * pair is not cut in two.
   *
   * @param mostChars how many UTF-16 units are kept at most, at least 1
   */
  public static String of(String text, int mostChars) {
    return text.length() <= mostChars ? text : text.substring(0, end(text, mostChars)) + "…";
  }

  private static int end(String text, int mostChars) {
    boolean isInsideOfAPair =
        Character.isHighSurrogate(text.charAt(mostChars - 1))
            && Character.isLowSurrogate(text.charAt(mostChars));
    return isInsideOfAPair ? mostChars - 1 : mostChars;
  }
}

package dev.runlog.llm.openai;

/**
 * Text that UTF-8 can carry. Half of a surrogate pair, which a cut string may end in, has no UTF-8
 * form: it is replaced by U+FFFD, so that what is counted is what is sent.
 */
public final class WellFormedText {

  private static final char REPLACEMENT = '\uFFFD';

  private WellFormedText() {}

  /** The text with each lone surrogate replaced; the same object when there is none. */
  public static String of(String text) {
    int first = indexOfLoneSurrogate(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder wellFormed = new StringBuilder(text);
    for (int at = first; at >= 0; at = indexOfLoneSurrogate(text, at + 1)) {
      wellFormed.setCharAt(at, REPLACEMENT);
    }
    return wellFormed.toString();
  }

  private static int indexOfLoneSurrogate(String text, int from) {
    int codePoint;
    for (int i = from; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return i;
      }
    }
    return -1;
  }
}

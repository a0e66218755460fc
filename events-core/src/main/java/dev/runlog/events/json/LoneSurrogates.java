package dev.runlog.events.json;

/** Keeps halves of surrogate pairs, which no UTF-8 can carry, readable in a JSON text. */
final class LoneSurrogates {

  private LoneSurrogates() {}

  /** The JSON text with each lone surrogate as its escape; the same text when there is none. */
  static String escape(String json) {
    int first = indexOfLone(json, 0);
    if (first < 0) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    int copied = 0;
    for (int at = first; at >= 0; at = indexOfLone(json, at + 1)) {
      escaped.append(json, copied, at).append(String.format("\\u%04X", (int) json.charAt(at)));
      copied = at + 1;
    }
    return escaped.append(json, copied, json.length()).toString();
  }

  private static int indexOfLone(String text, int from) {
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

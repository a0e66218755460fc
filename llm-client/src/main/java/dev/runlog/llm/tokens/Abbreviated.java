package dev.runlog.llm.tokens;

/** A name of unknown length, short enough for a message. */
final class Abbreviated {

  private static final int MAX_CHARS = 100;

  private Abbreviated() {}

  static String of(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }
}

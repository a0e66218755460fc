package dev.runlog.llm.tokens;

import dev.runlog.llm.openai.Beginning;

/** A name of unknown length, short enough for a message. */
final class Abbreviated {

  private static final int MAX_CHARS = 100;

  private Abbreviated() {}

  static String of(String text) {
    return Beginning.of(text, MAX_CHARS);
  }
}

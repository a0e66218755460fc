package dev.runlog.llm.openai;

import java.io.IOException;

/** An answer is longer than the client reads. It is not asked for again. */
public final class AnswerTooLongException extends IOException {

  AnswerTooLongException(long maxBytes) {
    super("the answer is longer than " + maxBytes + " bytes");
  }
}

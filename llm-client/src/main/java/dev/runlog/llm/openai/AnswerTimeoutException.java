package dev.runlog.llm.openai;

import java.io.IOException;

/** A server let a request wait for longer than its patience; the connection was cut. */
public final class AnswerTimeoutException extends IOException {

  AnswerTimeoutException(String message) {
    super(message);
  }
}

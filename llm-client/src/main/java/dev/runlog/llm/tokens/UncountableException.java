package dev.runlog.llm.tokens;

/** A request cannot be counted; the message says why. The request itself may still be sent. */
public final class UncountableException extends RuntimeException {

  UncountableException(String message) {
    super(message);
  }

  UncountableException(String message, Throwable cause) {
    super(message, cause);
  }
}

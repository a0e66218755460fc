package dev.runlog.events.log;

/**
 * An event was refused before anything was written; the message says which value and what to do.
 */
public final class InvalidEventException extends IllegalArgumentException {

  public InvalidEventException(String message) {
    super(message);
  }

  public InvalidEventException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.runlog.events.tasks;

/** A task was refused before anything was written; the message says why and what to do. */
public final class InvalidTaskException extends IllegalArgumentException {

  public InvalidTaskException(String message) {
    super(message);
  }

  InvalidTaskException(String message, Throwable cause) {
    super(message, cause);
  }
}

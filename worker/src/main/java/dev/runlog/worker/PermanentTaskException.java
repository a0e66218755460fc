package dev.runlog.worker;

/** A task cannot succeed, however often it is tried. The message is kept as its error. */
public final class PermanentTaskException extends RuntimeException {

  public PermanentTaskException(String message) {
    super(message);
  }

  public PermanentTaskException(String message, Throwable cause) {
    super(message, cause);
  }
}

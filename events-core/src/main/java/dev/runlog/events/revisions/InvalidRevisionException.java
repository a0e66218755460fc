package dev.runlog.events.revisions;

/** Something that cannot be done with a revision. The message says why; nothing was changed. */
public final class InvalidRevisionException extends RuntimeException {

  public InvalidRevisionException(String message) {
    super(message);
  }
}

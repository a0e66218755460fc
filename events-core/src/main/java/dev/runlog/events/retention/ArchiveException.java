package dev.runlog.events.retention;

/** The archive could not be written or does not hold what was written; nothing was removed. */
public final class ArchiveException extends RuntimeException {

  ArchiveException(String message) {
    super(message);
  }

  ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}

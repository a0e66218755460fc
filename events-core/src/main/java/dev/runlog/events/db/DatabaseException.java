package dev.runlog.events.db;

/**
 * The store cannot do what was asked. The message says what failed, what state remains and what to
 * do.
 */
public final class DatabaseException extends RuntimeException {

  /** What kind of trouble it is, which decides what a process does about it. */
  public enum Kind {
    /**
     * Waiting does not help, a person must change something: a wrong path, another program's file,
     * a newer schema.
     */
    MISCONFIGURED,
    /** The store cannot be reached or is full; it may come back. */
    UNAVAILABLE,
    /** Another writer held the lock for longer than one waits. */
    BUSY,
    /** Anything else, such as a violated constraint or a broken file. */
    FAILED
  }

  private final Kind kind;

  public DatabaseException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public DatabaseException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

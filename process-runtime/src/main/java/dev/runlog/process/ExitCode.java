package dev.runlog.process;

import dev.runlog.process.lifecycle.Shutdown;

/** The exit codes of all executables, after sysexits.h where it has one. */
public final class ExitCode {

  public static final int OK = 0;

  /** The program did its work, but tasks that it waited for failed. */
  public static final int TASKS_FAILED = 1;

  /** The program did its work, but what it compared is not the same. */
  public static final int DIFFERENCES = 1;

  /** Bad command line or settings. */
  public static final int USAGE = 64;

  /** A service, such as the database, cannot be reached or is full. */
  public static final int UNAVAILABLE = 69;

  /** A fault of the program. */
  public static final int BUG = 70;

  /** Nothing is wrong that will not pass: something is locked or still running. */
  public static final int TRY_AGAIN = 75;

  /** Trying again does not help until a person changes something. */
  public static final int MISCONFIGURED = 78;

  /** After SIGHUP, 128 plus its number. */
  public static final int SIGHUP = 129;

  /** After SIGINT, 128 plus its number. */
  public static final int SIGINT = 130;

  /** After SIGTERM, 128 plus its number. */
  public static final int SIGTERM = 143;

  private ExitCode() {}

  /**
   * The exit code of a process that was asked to end.
   *
   * @param reason why it was asked
   * @param otherwise the exit code when the reason is no signal
   */
  static int afterRequest(String reason, int otherwise) {
    return switch (reason) {
      case Shutdown.SIGTERM -> SIGTERM;
      case Shutdown.SIGINT -> SIGINT;
      case Shutdown.SIGHUP -> SIGHUP;
      default -> otherwise;
    };
  }
}

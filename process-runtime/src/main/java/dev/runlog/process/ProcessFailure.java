package dev.runlog.process;

/**
 * Ends a process with an exit code and one clear line on standard error, without a stack trace. For
 * failures that a person can do something about.
 */
public final class ProcessFailure extends RuntimeException {

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what failed and what to do
   */
  public ProcessFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public ProcessFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}

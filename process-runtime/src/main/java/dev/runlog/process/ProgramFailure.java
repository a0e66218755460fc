package dev.runlog.process;

/**
 * Ends a run that stood in for another program, when that program failed. The event of the end says
 * so; nothing is printed, since the program had the terminal and spoke for itself.
 */
public final class ProgramFailure extends RuntimeException {

  private final int exitCode;

  /**
   * @param exitCode the program's own, which becomes that of this process; not 0
   * @param message how it ended, as the event tells it
   */
  public ProgramFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}

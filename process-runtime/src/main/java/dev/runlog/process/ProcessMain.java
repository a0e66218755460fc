package dev.runlog.process;

/** What a process does once it is a run: everything between its start and its end. */
@FunctionalInterface
public interface ProcessMain {

  /**
   * Does the work and returns when it is done, or soon after {@link RunContext#shutdown} asks for
   * the end. When it takes longer than its grace its thread is interrupted.
   *
   * @return the exit code of the process; 0 is replaced by the signal's when one asked for the end
   * @throws ProcessFailure to end with an exit code and one line on standard error
   * @throws Exception of any other kind for a bug: exit code 70 and a stack trace
   */
  int run(RunContext context) throws Exception;
}

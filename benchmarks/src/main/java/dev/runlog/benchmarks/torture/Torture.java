package dev.runlog.benchmarks.torture;

/** One way to make a fleet suffer, and what must hold all the same. */
interface Torture {

  /**
   * Runs to the end.
   *
   * @param isShort whether a small load is enough
   * @throws BrokenPromise when something did not hold
   */
  void run(boolean isShort, Report report) throws Exception;
}

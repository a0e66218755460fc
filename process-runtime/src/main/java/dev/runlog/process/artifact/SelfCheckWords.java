package dev.runlog.process.artifact;

/** What a supervisor and the self-check of a build say to each other. */
public final class SelfCheckWords {

  /** The argument of a worker that asks for it. */
  public static final String OPTION = "--self-check";

  /** The line that is printed when all but the answer to SIGTERM is checked. */
  public static final String PASSED = "self-check: passed";

  private SelfCheckWords() {}
}

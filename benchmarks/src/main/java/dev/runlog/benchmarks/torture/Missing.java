package dev.runlog.benchmarks.torture;

/** This machine lacks what a torture takes. The message says what, and how to get it. */
final class Missing extends RuntimeException {

  Missing(String what) {
    super(what);
  }
}

package dev.runlog.benchmarks.torture;

/** Something that must hold did not. The message says what, with the figures. */
final class BrokenPromise extends RuntimeException {

  BrokenPromise(String what) {
    super(what);
  }

  /** Throws unless it holds. */
  @SuppressWarnings("AnnotateFormatMethod") // Not worth a dependency.
  static void unless(boolean holds, String message, Object... args) {
    if (!holds) {
      throw new BrokenPromise(message.formatted(args));
    }
  }
}

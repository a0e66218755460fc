package dev.runlog.benchmarks.torture;

import java.io.PrintStream;

/** Says what was done and counted, one line each. */
record Report(PrintStream out) {

  @SuppressWarnings("AnnotateFormatMethod") // Not worth a dependency.
  void say(String line, Object... args) {
    out.println("  " + line.formatted(args));
    out.flush();
  }
}

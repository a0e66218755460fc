package dev.runlog.benchmarks.measure;

import java.io.PrintStream;

/** Measures something and prints it. */
public interface Benchmark {

  /** Runs to the end; takes at most a few minutes. */
  void run(PrintStream out) throws Exception;
}

package dev.runlog.benchmarks.llm;

import dev.runlog.benchmarks.measure.OwnJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * The same calls where the encoding of their model is not loaded yet, each in a JVM of its own,
 * since an encoding stays loaded as long as its process lives: after the code was compiled by calls
 * to a model of another encoding, and as the very first call.
 */
final class LoadingCost {

  private static final int PROCESSES = 7;

  void run(PrintStream out) throws IOException, InterruptedException {
    print(
        out, FreshCalls.LOADING, "while the encoding loads, in fresh JVMs", AccountingCost.TARGET);
    print(out, FreshCalls.FIRST, "first call of a fresh JVM, nothing compiled", "no target");
  }

  private static void print(PrintStream out, String mode, String what, String target)
      throws IOException, InterruptedException {
    Pairs pairs = new Pairs();
    for (int i = 0; i < PROCESSES; i++) {
      addPairs(pairs, mode);
    }
    pairs.print(out, what + ", durability process", target);
  }

  private static void addPairs(Pairs pairs, String mode) throws IOException, InterruptedException {
    List<String> command = OwnJvm.command(List.of(), FreshCalls.class, mode);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().map(line -> line.split(" ")).forEach(pair -> add(pairs, pair));
    }
    if (process.waitFor() != 0) {
      throw new IOException("a process of the benchmark failed: " + command);
    }
  }

  private static void add(Pairs pairs, String[] pair) {
    pairs.add(Double.parseDouble(pair[0]), Double.parseDouble(pair[1]));
  }
}

package dev.runlog.benchmarks;

import dev.runlog.benchmarks.llm.AccountingCost;
import dev.runlog.process.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs one benchmark by its name, or all of them. */
public final class BenchMain {

  private BenchMain() {}

  public static void main(String[] args) throws Exception {
    Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
    benchmarks.put("cold-start", new ColdStart());
    benchmarks.put("throughput", new Throughput());
    benchmarks.put("llm", out -> new AccountingCost().run(out));
    if (args.length > 1 || (args.length == 1 && !benchmarks.containsKey(args[0]))) {
      System.err.println(
          "runlog: usage: ./runlog bench [" + String.join(" | ", benchmarks.keySet()) + "]");
      System.exit(ExitCode.USAGE);
    }
    System.out.println(Machine.describe());
    for (Map.Entry<String, Benchmark> benchmark : benchmarks.entrySet()) {
      if (args.length == 0 || benchmark.getKey().equals(args[0])) {
        System.out.println();
        benchmark.getValue().run(System.out);
      }
    }
  }
}

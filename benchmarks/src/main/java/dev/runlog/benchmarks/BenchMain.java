package dev.runlog.benchmarks;

import dev.runlog.benchmarks.append.AgainstC;
import dev.runlog.benchmarks.append.CpuPerRow;
import dev.runlog.benchmarks.append.GroupCommit;
import dev.runlog.benchmarks.append.Loggers;
import dev.runlog.benchmarks.append.OneEventACommit;
import dev.runlog.benchmarks.fairness.Fairness;
import dev.runlog.benchmarks.feed.Following;
import dev.runlog.benchmarks.llm.AccountingCost;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.micro.InProcess;
import dev.runlog.benchmarks.postgres.OnPostgres;
import dev.runlog.benchmarks.queries.AppendToLarge;
import dev.runlog.benchmarks.queries.BytesPerRow;
import dev.runlog.benchmarks.queries.QuerySpeed;
import dev.runlog.benchmarks.queries.SubtreeSpeed;
import dev.runlog.benchmarks.queries.TokensADay;
import dev.runlog.benchmarks.tasks.ClaimAmongFinished;
import dev.runlog.benchmarks.tasks.ClaimAndDone;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one benchmark by its name, or all of them. */
public final class BenchMain {

  private BenchMain() {}

  public static void main(String[] args) throws Exception {
    int exitCode = run(List.of(args), System.out, System.err);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Runs what the arguments name.
   *
   * @return the exit code of the process
   */
  static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
    boolean isNamed = !args.isEmpty() && !args.get(0).startsWith("-");
    String name = isNamed ? args.get(0) : "all";
    Map<String, Benchmark> benchmarks;
    try {
      benchmarks = benchmarks(BenchOptions.parse(args.subList(isNamed ? 1 : 0, args.size())));
    } catch (IllegalArgumentException e) {
      err.println("runlog: bench: " + e.getMessage() + "; usage: " + usage("NAME"));
      return ExitCode.USAGE;
    }
    if (name.equals("list")) {
      benchmarks.keySet().forEach(out::println);
      return ExitCode.OK;
    }
    if (!name.equals("all") && !benchmarks.containsKey(name)) {
      err.println("runlog: usage: " + usage(String.join(" | ", benchmarks.keySet())));
      return ExitCode.USAGE;
    }
    out.println(Machine.describe());
    for (Map.Entry<String, Benchmark> benchmark : benchmarks.entrySet()) {
      if (name.equals("all") || benchmark.getKey().equals(name)) {
        out.println();
        benchmark.getValue().run(out);
      }
    }
    return ExitCode.OK;
  }

  private static Map<String, Benchmark> benchmarks(BenchOptions options) {
    Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
    benchmarks.put("cold-start", new ColdStart());
    benchmarks.put("memory", new IdleMemory());
    benchmarks.put("takeover", new Takeover());
    benchmarks.put("throughput", new Throughput());
    benchmarks.put("llm", out -> new AccountingCost().run(out));
    benchmarks.put("inside", new InProcess(options));
    benchmarks.put("append", new OneEventACommit(options));
    benchmarks.put("threads", new GroupCommit(options));
    benchmarks.put("rows", new CpuPerRow(options));
    benchmarks.put("c", new AgainstC(options));
    benchmarks.put("loggers", new Loggers(options));
    benchmarks.put("age", new AppendToLarge(options));
    benchmarks.put("bytes", new BytesPerRow(options));
    benchmarks.put("queries", new QuerySpeed(options));
    benchmarks.put("subtree", new SubtreeSpeed(options));
    benchmarks.put("tokens", new TokensADay(options));
    benchmarks.put("feed", new Following(options));
    benchmarks.put("tasks", new ClaimAndDone(options));
    benchmarks.put("claim", new ClaimAmongFinished(options));
    benchmarks.put("postgres", new OnPostgres(options));
    benchmarks.put("fairness", new Fairness(options));
    return benchmarks;
  }

  private static String usage(String names) {
    return "./runlog bench [all | list | " + names + "] " + BenchOptions.USAGE;
  }
}

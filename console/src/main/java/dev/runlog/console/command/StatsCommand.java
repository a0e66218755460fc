package dev.runlog.console.command;

import dev.runlog.console.render.StatsJson;
import dev.runlog.console.render.StatsTables;
import dev.runlog.console.render.StatsTables.Group;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.stats.AnsweredCalls;
import dev.runlog.events.stats.CallReport;
import dev.runlog.events.stats.CallStats;
import dev.runlog.events.stats.RunCalls;
import dev.runlog.events.stats.StatsQuery;
import dev.runlog.process.ExitCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the calls to models came to. */
@Command(
    name = "stats",
    description = "Show calls, tokens, cost and latency by model, role, instance or run.",
    footer = {
      "",
      "INPUT includes CACHED, OUTPUT includes REASONING. Latencies are of answered calls, from the"
          + " first attempt to the end. BIAS is how far the sum of the estimated input tokens is"
          + " from the reported sum, ERROR how far single estimates are. P50 and P95 are to within one"
          + " percent. COST with ≥ leaves out"
          + " calls whose price is not known.",
      "",
      "With --accuracy: EXACT is the share of the contexts that were counted to the token before"
          + " the call, CLOSE within three tokens or one percent, RIGHTLY the share that is exact of"
          + " those that were said to be."
    })
public final class StatsCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private StatsQuestion question = new StatsQuestion();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Only calls of this run and its descendants.")
  private Optional<RunId> run = Optional.empty();

  @Mixin private final WindowOptions window = new WindowOptions();

  public StatsCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return root.reading(this::show);
  }

  private int show(Database database) {
    if (question.isOfSingleCalls()) {
      new CallHistoryReport(root).print(question, calls(database));
    } else {
      showSums(database);
    }
    return ExitCode.OK;
  }

  private AnsweredCalls calls(Database database) {
    TimeWindow when = window.window(root.terminal());
    return run.map(
            id -> AnsweredCalls.ofSubtree(database, id, when).orElseThrow(() -> Unknown.run(id)))
        .orElseGet(() -> AnsweredCalls.ofAll(database, when));
  }

  private void showSums(Database database) {
    CallReport report = report(new StatsQuery(database));
    if (root.isJson()) {
      printJson(report);
    } else if (report.total().calls() == 0) {
      root.terminal()
          .out()
          .println(
              window.window(root.terminal()).isAll()
                  ? "no calls to models yet"
                  : "no calls to models in that time");
    } else {
      printTables(report);
    }
  }

  private CallReport report(StatsQuery query) {
    TimeWindow when = window.window(root.terminal());
    return run.map(id -> query.ofSubtree(id, when).orElseThrow(() -> Unknown.run(id)))
        .orElseGet(() -> query.ofAll(when));
  }

  private void printJson(CallReport report) {
    switch (question.by()) {
      case MODEL -> printJson("model", report.byModel());
      case ROLE -> printJson("role", report.byRole());
      case INSTANCE -> printJson("instance_id", report.byInstance());
      case RUN -> report.byRun().forEach(row -> root.print(StatsJson.of(row)));
    }
  }

  private void printJson(String key, Map<String, CallStats> groups) {
    groups.forEach((name, stats) -> root.print(StatsJson.of(key, name, stats)));
  }

  private void printTables(CallReport report) {
    switch (question.by()) {
      case MODEL -> printTables("MODEL", groups(report.byModel()), report.total());
      case ROLE -> printTables("ROLE", groups(report.byRole()), report.total());
      case INSTANCE -> printTables("INSTANCE", groups(report.byInstance()), report.total());
      case RUN -> printRuns(report.byRun());
    }
  }

  private void printTables(String title, List<Group> groups, CallStats total) {
    List<Group> all = new ArrayList<>(groups);
    if (groups.size() > 1) {
      all.add(new Group("total", total));
    }
    root.terminal().print(StatsTables.usage(title, all));
    root.terminal().out().println();
    root.terminal().print(StatsTables.quality(title, all));
  }

  private void printRuns(List<RunCalls> runs) {
    PrintStream out = root.terminal().out();
    out.println("Own calls:");
    root.terminal().print(StatsTables.usage("RUN", groups(runs, RunCalls::own)));
    out.println();
    out.println("With the calls of all descendants:");
    root.terminal().print(StatsTables.usage("RUN", groups(runs, RunCalls::inclusive)));
    out.println();
    root.terminal().print(StatsTables.quality("RUN", groups(runs, RunCalls::inclusive)));
  }

  private static List<Group> groups(Map<String, CallStats> byName) {
    return byName.entrySet().stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<Group> groups(List<RunCalls> runs, Function<RunCalls, CallStats> part) {
    return runs.stream()
        .map(
            row ->
                new Group(
                    "  ".repeat(row.depth()) + row.run() + " " + row.instanceId(), part.apply(row)))
        .toList();
  }
}

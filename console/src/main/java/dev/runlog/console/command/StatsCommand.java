package dev.runlog.console.command;

import dev.runlog.console.render.StatsJson;
import dev.runlog.console.render.StatsTables;
import dev.runlog.console.render.StatsTables.Group;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.stats.AnsweredCalls;
import dev.runlog.events.stats.CallGroup;
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
      "CALLS are those that ended, FAILED those of them without an answer. LOST and RUNNING stand"
          + " there when there are calls without an end: LOST those whose run ended before them, as"
          + " after a SIGKILL, RUNNING those under way.",
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
    StatsQuery query = new StatsQuery(database);
    switch (question.by()) {
      case MODEL -> showGroups("MODEL", "model", groups(query, CallGroup.MODEL));
      case ROLE -> showGroups("ROLE", "role", groups(query, CallGroup.ROLE));
      case INSTANCE -> showGroups("INSTANCE", "instance_id", groups(query, CallGroup.INSTANCE));
      case RUN -> showRuns(report(query).byRun());
    }
  }

  /** Of all runs, the store adds up: only what descendants came to needs the tree. */
  private Map<String, CallStats> groups(StatsQuery query, CallGroup group) {
    return run.isPresent()
        ? report(query).by(group)
        : query.ofAllBy(group, window.window(root.terminal()));
  }

  private CallReport report(StatsQuery query) {
    TimeWindow when = window.window(root.terminal());
    return run.map(id -> query.ofSubtree(id, when).orElseThrow(() -> Unknown.run(id)))
        .orElseGet(() -> query.ofAll(when));
  }

  private void showGroups(String title, String key, Map<String, CallStats> groups) {
    if (root.isJson()) {
      groups.forEach((name, stats) -> root.print(StatsJson.of(key, name, stats)));
    } else if (groups.isEmpty()) {
      sayThatThereAreNone();
    } else {
      printTables(title, groups(groups));
    }
  }

  private void showRuns(List<RunCalls> runs) {
    if (root.isJson()) {
      runs.forEach(row -> root.print(StatsJson.of(row)));
    } else if (runs.isEmpty()) {
      sayThatThereAreNone();
    } else {
      printRuns(runs);
    }
  }

  private void sayThatThereAreNone() {
    root.terminal()
        .out()
        .println(
            window.window(root.terminal()).isAll()
                ? "no calls to models yet"
                : "no calls to models in that time");
  }

  private void printTables(String title, List<Group> groups) {
    List<Group> all = new ArrayList<>(groups);
    if (groups.size() > 1) {
      CallStats total = groups.stream().map(Group::stats).reduce(CallStats.NONE, CallStats::plus);
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

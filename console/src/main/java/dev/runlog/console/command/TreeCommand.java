package dev.runlog.console.command;

import dev.runlog.console.render.Humans;
import dev.runlog.console.render.RunJson;
import dev.runlog.console.render.RunRow;
import dev.runlog.console.render.RunTreeTable;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.stats.CallStats;
import dev.runlog.events.stats.StatsQuery;
import dev.runlog.process.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who started whom, and how each run is doing. */
@Command(
    name = "tree",
    description =
        "Show who started whom: each run with its state, the tasks that it has done and the tokens"
            + " of its own calls.")
public final class TreeCommand implements Callable<Integer> {

  private static final int USUAL_ROOTS = 20;

  private final RunlogCommand root;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Only this run and its descendants.")
  private Optional<RunId> run = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "Levels below the top that are shown; what is hidden is counted as +N.")
  private int depth = Integer.MAX_VALUE;

  @Option(
      names = "--all",
      description =
          "All roots. Without it "
              + USUAL_ROOTS
              + ", of which those where something runs come first and ended console commands"
              + " last; --json always tells all.")
  private boolean isAll;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public TreeCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (depth < 0) {
      throw new ParameterException(
          spec.commandLine(), "--depth is " + depth + "; give 0 or a larger number");
    }
    return root.reading(this::show);
  }

  private int show(Database database) {
    List<Run> roots = roots(new RunTree(database));
    ShownRoots shown = ShownRoots.of(roots, isWhole() ? roots.size() : USUAL_ROOTS);
    List<RunRow> rows =
        shown.roots().stream().flatMap(top -> RunRow.of(top, depth).stream()).toList();
    print(rows, work(new StatsQuery(database)));
    if (shown.hidden() > 0) {
      root.terminal()
          .out()
          .println("… and " + Humans.number(shown.hidden()) + " ended roots; --all shows them");
    }
    return ExitCode.OK;
  }

  /** Programs are never told a part without having asked for it. */
  private boolean isWhole() {
    return isAll || root.isJson();
  }

  private List<Run> roots(RunTree tree) {
    return run.map(id -> List.of(tree.of(id).orElseThrow(() -> Unknown.run(id))))
        .orElseGet(tree::roots);
  }

  private static Function<Run, RunRow.Work> work(StatsQuery stats) {
    Map<RunId, CallStats> calls = stats.countsByRun();
    Map<RunId, Long> done = stats.tasksDoneByRun();
    return of ->
        new RunRow.Work(
            done.getOrDefault(of.id(), 0L), calls.getOrDefault(of.id(), CallStats.NONE));
  }

  private void print(List<RunRow> rows, Function<Run, RunRow.Work> work) {
    Instant now = root.terminal().clock().instant();
    if (root.isJson()) {
      rows.forEach(row -> root.print(RunJson.of(row, work.apply(row.run()), now)));
      return;
    }
    RunTreeTable tree = new RunTreeTable(now);
    rows.forEach(row -> tree.add(row, work.apply(row.run())));
    root.terminal().print(tree.table());
  }
}

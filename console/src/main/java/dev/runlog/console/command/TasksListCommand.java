package dev.runlog.console.command;

import dev.runlog.console.Terminal;
import dev.runlog.console.render.TaskJson;
import dev.runlog.console.render.TaskTable;
import dev.runlog.events.db.Database;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The newest tasks. */
@Command(name = "list", description = "List the newest tasks, the newest first.")
public final class TasksListCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only tasks in this state: queued, claimed, done, failed or cancelled.")
  private List<TaskState> states = List.of();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "How many tasks; ${DEFAULT-VALUE} by default.")
  private int limit = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public TasksListCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit is " + limit + "; give at least 1");
    }
    return root.reading(this::show);
  }

  private int show(Database database) {
    TaskQuery query = new TaskQuery(database);
    List<Task> tasks = query.newest(states, limit);
    if (root.isJson()) {
      tasks.forEach(task -> root.print(TaskJson.of(task)));
    } else {
      print(tasks, query.counts());
    }
    return ExitCode.OK;
  }

  private void print(List<Task> tasks, TaskCounts counts) {
    Terminal terminal = root.terminal();
    if (!tasks.isEmpty()) {
      terminal.print(TaskTable.of(tasks, terminal.clock().instant(), terminal.zone()));
      terminal.out().println();
    }
    terminal.out().println(TaskTable.summary(counts, tasks.size()));
  }
}

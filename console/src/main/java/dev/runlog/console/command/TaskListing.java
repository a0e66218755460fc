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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that list tasks, and what they do. */
final class TaskListing {

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

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec command;

  /** Lists the tasks that are wanted; returns the exit code. */
  int show(RunlogCommand root) {
    if (limit < 1) {
      throw new ParameterException(
          command.commandLine(), "--limit is " + limit + "; give at least 1");
    }
    return root.reading(database -> show(root, database));
  }

  private int show(RunlogCommand root, Database database) {
    TaskQuery query = new TaskQuery(database);
    List<Task> tasks = query.newest(states, limit);
    if (root.isJson()) {
      tasks.forEach(task -> root.print(TaskJson.of(task)));
    } else {
      print(root.terminal(), tasks, query.counts());
    }
    return ExitCode.OK;
  }

  private static void print(Terminal terminal, List<Task> tasks, TaskCounts counts) {
    if (!tasks.isEmpty()) {
      terminal.print(TaskTable.of(tasks, terminal.clock().instant(), terminal.zone()));
      terminal.out().println();
    }
    terminal.out().println(TaskTable.summary(counts, tasks));
  }
}

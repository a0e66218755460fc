package dev.runlog.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tasks; without a subcommand it lists them. */
@Command(
    name = "tasks",
    description = "List tasks, show one, or change what becomes of one.",
    synopsisSubcommandLabel = "[COMMAND]")
public final class TasksCommand implements Callable<Integer> {

  private final TasksListCommand list;

  private TasksCommand(TasksListCommand list) {
    this.list = list;
  }

  /** The command with its subcommands. */
  public static CommandLine withSubcommands(RunlogCommand root) {
    CommandLine tasks = new CommandLine(new TasksCommand(new TasksListCommand(root)));
    tasks.addSubcommand(new TasksListCommand(root));
    tasks.addSubcommand(new TasksShowCommand(root));
    tasks.addSubcommand(new TasksRetryCommand(root));
    tasks.addSubcommand(new TasksCancelCommand(root));
    tasks.addSubcommand(new TasksPauseCommand(root));
    tasks.addSubcommand(new TasksResumeCommand(root));
    tasks.addSubcommand(new TasksLimitCommand(root));
    return tasks;
  }

  @Override
  public Integer call() {
    return list.call();
  }
}

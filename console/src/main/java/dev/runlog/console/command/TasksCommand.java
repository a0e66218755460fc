package dev.runlog.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The tasks; without a subcommand it lists them. */
@Command(
    name = "tasks",
    description = "List tasks, show one, or change what becomes of one.",
    synopsisSubcommandLabel = "[COMMAND]")
public final class TasksCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final TaskListing listing = new TaskListing();

  private TasksCommand(RunlogCommand root) {
    this.root = root;
  }

  /** The command with its subcommands. */
  public static CommandLine withSubcommands(RunlogCommand root) {
    CommandLine tasks = new CommandLine(new TasksCommand(root));
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
    return listing.show(root);
  }
}

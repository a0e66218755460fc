package dev.runlog.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The newest tasks. */
@Command(name = "list", description = "List the newest tasks, the newest first.")
public final class TasksListCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final TaskListing listing = new TaskListing();

  public TasksListCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return listing.show(root);
  }
}

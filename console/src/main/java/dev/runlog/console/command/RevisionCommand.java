package dev.runlog.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The revisions; without a subcommand it lists them. */
@Command(
    name = "revision",
    description = "Bring a new build of the worker into the fleet, or take one out again.",
    synopsisSubcommandLabel = "[COMMAND]")
public final class RevisionCommand implements Callable<Integer> {

  private final RevisionListCommand list;

  private RevisionCommand(RevisionListCommand list) {
    this.list = list;
  }

  /** The command with its subcommands. */
  public static CommandLine withSubcommands(RunlogCommand root) {
    CommandLine revision = new CommandLine(new RevisionCommand(new RevisionListCommand(root)));
    revision.addSubcommand(new RevisionAddCommand(root));
    revision.addSubcommand(new RevisionListCommand(root));
    revision.addSubcommand(new RevisionShowCommand(root));
    revision.addSubcommand(new RevisionPromoteCommand(root));
    revision.addSubcommand(new RevisionRollbackCommand(root));
    revision.addSubcommand(new RevisionDiffCommand(root));
    return revision;
  }

  @Override
  public Integer call() {
    return list.call();
  }
}

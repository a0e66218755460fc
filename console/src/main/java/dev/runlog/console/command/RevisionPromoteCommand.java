package dev.runlog.console.command;

import dev.runlog.events.revisions.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for the promote of a revision. */
@Command(
    name = "promote",
    description = "Let a revision into the fleet, one slot first, then all, or back by itself.")
public final class RevisionPromoteCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final OfSupervisor supervisor = new OfSupervisor();

  @Parameters(paramLabel = "SHA", description = "The SHA of the build, or how it begins.")
  private String sha = "";

  @Option(
      names = "--wait",
      description =
          "Wait until nothing more happens by itself; exit with 1 when it went otherwise.")
  private boolean waits;

  public RevisionPromoteCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new RevisionWish(root, supervisor).ask(sha, Wish.PROMOTE, waits);
  }
}

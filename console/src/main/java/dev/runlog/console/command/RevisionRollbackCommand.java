package dev.runlog.console.command;

import dev.runlog.events.revisions.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for the rollback of a revision. */
@Command(
    name = "rollback",
    description = "Take a revision out of the fleet that is not permanent yet.")
public final class RevisionRollbackCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final OfSupervisor supervisor = new OfSupervisor();

  @Parameters(paramLabel = "SHA", description = "The SHA of the build, or how it begins.")
  private String sha = "";

  @Option(
      names = "--wait",
      description =
          "Wait until nothing more happens by itself; exit with 1 when it went otherwise.")
  private boolean waits;

  public RevisionRollbackCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new RevisionWish(root, supervisor).ask(sha, Wish.ROLLBACK, waits);
  }
}

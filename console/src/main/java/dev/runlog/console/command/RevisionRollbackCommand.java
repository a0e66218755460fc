package dev.runlog.console.command;

import dev.runlog.events.revisions.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks for the rollback of a revision. */
@Command(
    name = "rollback",
    description = "Take a revision out of the fleet that is not permanent yet.")
public final class RevisionRollbackCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final RevisionWish revision = new RevisionWish();

  public RevisionRollbackCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return revision.ask(root, Wish.ROLLBACK);
  }
}

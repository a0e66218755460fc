package dev.runlog.console.command;

import dev.runlog.events.revisions.Wish;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks for the promote of a revision. */
@Command(
    name = "promote",
    description = "Let a revision into the fleet, one slot first, then all, or back by itself.")
public final class RevisionPromoteCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Mixin private final RevisionWish revision = new RevisionWish();

  public RevisionPromoteCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return revision.ask(root, Wish.PROMOTE);
  }
}

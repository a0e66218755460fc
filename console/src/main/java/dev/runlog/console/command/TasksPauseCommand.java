package dev.runlog.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops the claims of a kind. */
@Command(name = "pause", description = "Have no task of a kind claimed; those that run go on.")
public final class TasksPauseCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(index = "0", paramLabel = "KIND", description = "Kind of tasks, such as chat.")
  private String kind = "";

  public TasksPauseCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new KindChange(root)
        .apply(
            kind,
            (kinds, by) -> kinds.pause(by, kind),
            "paused " + kind + "; 'runlog tasks resume " + kind + "' goes on");
  }
}

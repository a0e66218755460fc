package dev.runlog.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a pause. */
@Command(name = "resume", description = "Have the tasks of a paused kind claimed again.")
public final class TasksResumeCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(index = "0", paramLabel = "KIND", description = "Kind of tasks, such as chat.")
  private String kind = "";

  public TasksResumeCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new KindChange(root)
        .apply(kind, (kinds, by) -> kinds.resume(by, kind), "resumed " + kind);
  }
}

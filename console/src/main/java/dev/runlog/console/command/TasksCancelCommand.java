package dev.runlog.console.command;

import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a task out of the queue. */
@Command(name = "cancel", description = "Take a queued task out of the queue.")
public final class TasksCancelCommand implements Callable<Integer> {

  private final TaskChange change;

  @Parameters(paramLabel = "ID", description = "Id of the task.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private TaskId id;

  public TasksCancelCommand(RunlogCommand root) {
    this.change = new TaskChange(root, TaskQueue::cancel, "cancelled task %s");
  }

  @Override
  public Integer call() {
    return change.of(id);
  }
}

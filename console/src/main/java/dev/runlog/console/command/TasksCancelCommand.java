package dev.runlog.console.command;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a task out of the queue. */
@Command(name = "cancel", description = "Take a task out of the queue, or have its worker drop it.")
public final class TasksCancelCommand implements Callable<Integer> {

  private final TaskChange change;

  @Parameters(paramLabel = "ID", description = "Id of the task.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private TaskId id;

  public TasksCancelCommand(RunlogCommand root) {
    this.change = new TaskChange(root, Task::requireCancellable, TasksCancelCommand::cancel);
  }

  private static String cancel(TaskQueue queue, Emitter by, TaskId task) {
    return queue.cancel(by, task) == TaskState.CANCELLED
        ? "cancelled task " + task
        : "asked the worker to drop task " + task;
  }

  @Override
  public Integer call() {
    return change.of(id);
  }
}

package dev.runlog.console.command;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts a task into the queue again. */
@Command(
    name = "retry",
    description = "Put a failed or cancelled task into the queue again, with all its attempts.")
public final class TasksRetryCommand implements Callable<Integer> {

  private final TaskChange change;

  @Parameters(paramLabel = "ID", description = "Id of the task.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private TaskId id;

  public TasksRetryCommand(RunlogCommand root) {
    this.change = new TaskChange(root, Task::requireRetriable, TasksRetryCommand::retry);
  }

  private static String retry(TaskQueue queue, Emitter by, TaskId task) {
    queue.retry(by, task);
    return "task " + task + " is queued again";
  }

  @Override
  public Integer call() {
    return change.of(id);
  }
}

package dev.runlog.console.command;

import dev.runlog.console.render.TaskJson;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;
import java.util.function.Consumer;

/** Changes what becomes of one task, as a run of its own. */
final class TaskChange {

  /** What is done to the task. */
  interface Change {
    /**
     * Does it; returns what people are told.
     *
     * @throws InvalidTaskException when the task is in no state for it
     */
    String apply(TaskQueue queue, Emitter by, TaskId task);
  }

  private final RunlogCommand root;
  private final Consumer<Task> check;
  private final Change change;

  /**
   * @param check throws {@link InvalidTaskException} for a task that is in no state for the change
   */
  TaskChange(RunlogCommand root, Consumer<Task> check, Change change) {
    this.root = root;
    this.check = check;
    this.change = change;
  }

  /** Changes the task; returns the exit code. */
  int of(TaskId task) {
    // Looked up before anything is written: what is refused must leave neither a run nor a file.
    root.reading(
        database -> {
          check(new TaskQuery(database).find(task).orElseThrow(() -> Unknown.task(task)));
          return ExitCode.OK;
        });
    return root.writing(context -> apply(context, task));
  }

  private void check(Task task) {
    try {
      check.accept(task);
    } catch (InvalidTaskException e) {
      throw refused(e);
    }
  }

  private int apply(RunContext context, TaskId task) {
    TaskQueue queue = new TaskQueue(context.database(), context.log(), root.terminal().clock());
    String told;
    try {
      told = change.apply(queue, context.emitter(), task);
    } catch (InvalidTaskException e) {
      throw refused(e);
    }
    if (root.isJson()) {
      new TaskQuery(context.database()).find(task).map(TaskJson::of).ifPresent(root::print);
    } else {
      root.terminal().out().println(told);
    }
    return ExitCode.OK;
  }

  private static ProcessFailure refused(InvalidTaskException e) {
    return new ProcessFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
  }
}

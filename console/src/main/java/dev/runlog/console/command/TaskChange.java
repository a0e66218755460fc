package dev.runlog.console.command;

import dev.runlog.console.render.TaskJson;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;

/** Changes what becomes of one task, as a run of its own. */
final class TaskChange {

  /** What is done to the task. */
  interface Change {
    /** Throws {@link InvalidTaskException} when the task is in no state for it. */
    void apply(TaskQueue queue, Emitter by, TaskId task);
  }

  private final RunlogCommand root;
  private final Change change;
  private final String told;

  /**
   * @param told what people are told afterwards, with {@code %s} for the task
   */
  TaskChange(RunlogCommand root, Change change, String told) {
    this.root = root;
    this.change = change;
    this.told = told;
  }

  /** Changes the task; returns the exit code. */
  int of(TaskId task) {
    // Looked up before anything is written: a wrong id or path must leave neither a run nor a file.
    root.reading(
        database -> {
          if (new TaskQuery(database).find(task).isEmpty()) {
            throw Unknown.task(task);
          }
          return ExitCode.OK;
        });
    return root.writing(context -> apply(context, task));
  }

  private int apply(RunContext context, TaskId task) {
    TaskQueue queue = new TaskQueue(context.database(), context.log(), root.terminal().clock());
    try {
      change.apply(queue, context.emitter(), task);
    } catch (InvalidTaskException e) {
      throw new ProcessFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    if (root.isJson()) {
      new TaskQuery(context.database()).find(task).map(TaskJson::of).ifPresent(root::print);
    } else {
      root.terminal().out().println(told.formatted(task));
    }
    return ExitCode.OK;
  }
}

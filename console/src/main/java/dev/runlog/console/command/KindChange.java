package dev.runlog.console.command;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.TaskKinds;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;

/** Changes what holds for a kind of tasks, as a run of its own. */
final class KindChange {

  /** What is done to the kind. */
  interface Change {
    /**
     * Does it.
     *
     * @throws InvalidTaskException when it cannot be
     */
    void apply(TaskKinds kinds, Emitter by);
  }

  private final RunlogCommand root;

  KindChange(RunlogCommand root) {
    this.root = root;
  }

  /** Changes the kind; returns the exit code. */
  int apply(String kind, Change change, String told) {
    return root.writing(context -> apply(context, kind, change, told));
  }

  private int apply(RunContext context, String kind, Change change, String told) {
    TaskKinds kinds = new TaskKinds(context.database(), context.log(), root.terminal().clock());
    try {
      change.apply(kinds, context.emitter());
    } catch (InvalidTaskException e) {
      throw new ProcessFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    if (root.isJson()) {
      root.print(Json.object().put("kind", kind).put("told", told));
    } else {
      root.terminal().out().println(told);
    }
    return ExitCode.OK;
  }
}

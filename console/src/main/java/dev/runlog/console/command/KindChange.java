package dev.runlog.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.InvalidTaskException;
import dev.runlog.events.tasks.TaskKinds;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;
import java.time.Instant;
import java.util.Optional;

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
    // A wrong path must leave neither a run nor a file.
    root.reading(database -> ExitCode.OK);
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
      root.print(json(kind, rule(kinds, kind), told));
    } else {
      root.terminal().out().println(told);
    }
    return ExitCode.OK;
  }

  /** What is decided about a kind now; a kind about which nothing is has no rule. */
  private static Optional<TaskKinds.Rule> rule(TaskKinds kinds, String kind) {
    return kinds.rules().stream().filter(rule -> rule.kind().equals(kind)).findFirst();
  }

  private static ObjectNode json(String kind, Optional<TaskKinds.Rule> rule, String told) {
    Optional<Instant> pausedAt = rule.flatMap(TaskKinds.Rule::pausedAt);
    return Json.object()
        .put("kind", kind)
        .put("state", pausedAt.isPresent() ? "paused" : "open")
        .put("paused_at", pausedAt.map(Instant::toEpochMilli).orElse(null))
        .put("most_held", rule.flatMap(TaskKinds.Rule::mostHeld).orElse(null))
        .put("told", told);
  }
}

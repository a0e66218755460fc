package dev.runlog.process.propagation;

import dev.runlog.events.log.RunId;
import java.util.Map;
import java.util.Optional;

/** What the environment says about the run that spawned this process. Reading it never throws. */
public sealed interface ParentRun {

  /** The environment variable that a parent sets to its own run id. */
  String VARIABLE = "PARENT_RUN_ID";

  /** Nobody claims to be the parent. */
  record Root() implements ParentRun {}

  /**
   * A run spawned this process; whether this database knows that run is not asked.
   *
   * @param by the parent
   */
  record Spawned(RunId by) implements ParentRun {}

  /**
   * There is a value, but it is no run id, so that the process is a root.
   *
   * @param value the value, shortened when it is long
   * @param reason why it could not be used
   */
  record Unreadable(String value, String reason) implements ParentRun {}

  /** Reads the environment; an empty value counts as not set. */
  static ParentRun from(Map<String, String> env) {
    String value = env.getOrDefault(VARIABLE, "").strip();
    return value.isEmpty() ? new Root() : ParentRunText.read(value);
  }

  /** The parent's run id, empty for a root. */
  default Optional<RunId> runId() {
    return this instanceof Spawned spawned ? Optional.of(spawned.by()) : Optional.empty();
  }
}

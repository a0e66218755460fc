package dev.runlog.console.ps;

import dev.runlog.events.log.Run;
import dev.runlog.events.tasks.Task;
import java.util.List;
import java.util.Optional;

/**
 * A run that goes on, or an instance that waits for its next one.
 *
 * @param run the run, empty for an instance that has none now
 * @param instanceId its long-lived name
 * @param state how it is doing
 * @param tasks what it holds
 * @param inputTokens of its own calls so far
 * @param outputTokens of its own calls so far
 * @param use what its process takes; empty on other machines and where there is no process
 * @param children what it runs itself
 */
record LiveNode(
    Optional<Run> run,
    String instanceId,
    LiveState state,
    List<Task> tasks,
    long inputTokens,
    long outputTokens,
    Optional<ProcessUse> use,
    List<LiveNode> children) {

  LiveNode {
    tasks = List.copyOf(tasks);
    children = List.copyOf(children);
  }

  /** An instance that should run and does not. */
  static LiveNode waiting(String instanceId, LiveState state) {
    return new LiveNode(
        Optional.empty(), instanceId, state, List.of(), 0, 0, Optional.empty(), List.of());
  }
}

package dev.runlog.events.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the events of tasks in the order of their ids: where each task must be, and which events
 * contradict the ones before. Not thread-safe.
 */
final class TaskHistory {

  private final Map<Long, TaskState> states = new HashMap<>();
  private final boolean wasPruned;
  private final Consumer<String> differences;

  /**
   * @param wasPruned whether events may be missing: then a task that seems to be queued may have
   *     been claimed, one that seems to have failed may have been retried, and more
   */
  TaskHistory(boolean wasPruned, Consumer<String> differences) {
    this.wasPruned = wasPruned;
    this.differences = differences;
  }

  void follow(Event event, EventType type, ObjectNode payload) {
    Optional<TaskState> after = stateAfter(type, payload);
    if (after.isPresent()) {
      long task = payload.path("task_id").asLong();
      TaskState before = states.put(task, after.get());
      if (before != null && !fits(before, type) && !isExplainedByPruning(before)) {
        differences.accept(
            "event %s (%s): task %d was %s by the event before"
                .formatted(event.id(), event.eventType(), task, before.wireName()));
      }
    }
  }

  /** Where the events left a task, empty when there are none of it. */
  Optional<TaskState> stateOf(long task) {
    return Optional.ofNullable(states.get(task));
  }

  /** The tasks that there are events of. */
  Iterable<Long> tasks() {
    return states.keySet();
  }

  private static Optional<TaskState> stateAfter(EventType type, ObjectNode payload) {
    return switch (type) {
      case TASK_SUBMITTED, TASK_RELEASED, TASK_RETRIED -> Optional.of(TaskState.QUEUED);
      case TASK_CLAIMED -> Optional.of(TaskState.CLAIMED);
      case TASK_DONE -> Optional.of(TaskState.DONE);
      case TASK_FAILED ->
          Optional.of(payload.path("will_retry").asBoolean() ? TaskState.QUEUED : TaskState.FAILED);
      case TASK_CANCELLED -> Optional.of(TaskState.CANCELLED);
      default -> Optional.empty();
    };
  }

  /** Whoever claimed it or put it back may be gone; only what is done stays so. */
  private boolean isExplainedByPruning(TaskState before) {
    return wasPruned && before != TaskState.DONE;
  }

  private static boolean fits(TaskState before, EventType next) {
    return switch (next) {
      case TASK_SUBMITTED -> false;
      case TASK_CLAIMED, TASK_CANCELLED -> before == TaskState.QUEUED;
      case TASK_RETRIED -> before == TaskState.FAILED || before == TaskState.CANCELLED;
      default -> before == TaskState.CLAIMED;
    };
  }
}

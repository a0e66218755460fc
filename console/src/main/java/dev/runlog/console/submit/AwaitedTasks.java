package dev.runlog.console.submit;

import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where some tasks are, as the events tell it one after the other. Not thread-safe. */
public final class AwaitedTasks {

  private final Map<Long, TaskState> states = new LinkedHashMap<>();
  private boolean wasAnyClaimed;

  /** Begins with all of them queued. */
  public AwaitedTasks(Collection<TaskId> tasks) {
    tasks.forEach(task -> states.put(task.value(), TaskState.QUEUED));
  }

  /** Takes what an event says; those of other tasks and other types say nothing. */
  public void accept(Event event) {
    stateAfter(event)
        .ifPresent(
            state -> {
              wasAnyClaimed |= state == TaskState.CLAIMED;
              taskOf(event).ifPresent(task -> states.computeIfPresent(task, (id, old) -> state));
            });
  }

  public boolean areAllFinal() {
    return states.values().stream().allMatch(TaskState::isFinal);
  }

  /** Whether somebody has claimed any task, also another one, so that a worker is alive. */
  public boolean wasAnyClaimed() {
    return wasAnyClaimed;
  }

  public TaskCounts counts() {
    Map<TaskState, Long> counts = new HashMap<>();
    states.values().forEach(state -> counts.merge(state, 1L, Long::sum));
    return new TaskCounts(counts);
  }

  /** The tasks, each once, in the order in which they were given. */
  public List<TaskId> ids() {
    return states.keySet().stream().map(TaskId::new).toList();
  }

  private static Optional<TaskState> stateAfter(Event event) {
    return EventType.ofWireName(event.eventType()).flatMap(type -> stateAfter(type, event));
  }

  private static Optional<TaskState> stateAfter(EventType type, Event event) {
    return switch (type) {
      case TASK_CLAIMED -> Optional.of(TaskState.CLAIMED);
      case TASK_DONE -> Optional.of(TaskState.DONE);
      case TASK_CANCELLED -> Optional.of(TaskState.CANCELLED);
      case TASK_RELEASED, TASK_RETRIED -> Optional.of(TaskState.QUEUED);
      case TASK_FAILED -> Optional.of(willRetry(event) ? TaskState.QUEUED : TaskState.FAILED);
      default -> Optional.empty();
    };
  }

  private static boolean willRetry(Event event) {
    return payloadOf(event).map(json -> json.path("will_retry").asBoolean()).orElse(false);
  }

  private static Optional<Long> taskOf(Event event) {
    return payloadOf(event).map(json -> json.path("task_id").asLong());
  }

  private static Optional<com.fasterxml.jackson.databind.JsonNode> payloadOf(Event event) {
    try {
      return event.payload().map(Json::readObject);
    } catch (JsonException e) {
      // A row that another program wrote; it says nothing of a task.
      return Optional.empty();
    }
  }
}

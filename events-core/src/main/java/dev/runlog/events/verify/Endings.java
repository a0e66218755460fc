package dev.runlog.events.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows the events in the order of their ids and finds those that end what never began, or what
 * has ended before. Not thread-safe.
 */
final class Endings {

  private final Map<EventType, IdSet> begun = new EnumMap<>(EventType.class);
  private final Map<EventType, IdSet> ended = new EnumMap<>(EventType.class);
  private final IdSet seen = new IdSet();
  private final boolean wasPruned;
  private final Consumer<String> differences;
  private long checked;

  /**
   * @param wasPruned whether events may be missing: then the beginning of an end may be
   */
  Endings(boolean wasPruned, Consumer<String> differences) {
    this.wasPruned = wasPruned;
    this.differences = differences;
    for (EventType beginning :
        new EventType[] {EventType.TASK_CLAIMED, EventType.LLM_CALL_STARTED}) {
      begun.put(beginning, new IdSet());
      ended.put(beginning, new IdSet());
    }
  }

  void follow(Event event, EventType type, ObjectNode payload) {
    seen.add(event.id().value());
    IdSet beginnings = begun.get(type);
    if (beginnings != null) {
      beginnings.add(event.id().value());
      return;
    }
    long started = payload.path("started_event_id").asLong(0);
    switch (type) {
      case TASK_DONE -> end(event, EventType.TASK_CLAIMED, started);
      case TASK_FAILED -> {
        // Who fails the task of a dead worker does not know the claim.
        if (started > 0) {
          end(event, EventType.TASK_CLAIMED, started);
        }
      }
      case LLM_CALL_COMPLETED, LLM_CALL_FAILED -> end(event, EventType.LLM_CALL_STARTED, started);
      default -> {}
    }
  }

  long checked() {
    return checked;
  }

  private void end(Event event, EventType beginning, long started) {
    checked++;
    if (wasPruned && !seen.contains(started)) {
      return;
    }
    if (!setOf(begun, beginning).contains(started)) {
      tell(event, "ends event " + started + ", which is no " + beginning.wireName());
    } else if (!setOf(ended, beginning).add(started)) {
      tell(event, "ends event " + started + ", which has ended before");
    }
  }

  private void tell(Event event, String what) {
    differences.accept("event " + event.id() + " (" + event.eventType() + ") " + what);
  }

  private static IdSet setOf(Map<EventType, IdSet> sets, EventType type) {
    return sets.getOrDefault(type, new IdSet());
  }
}

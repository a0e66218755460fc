package dev.runlog.supervisor.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/** Turns the events of the demo into a few lines that tell its story. */
final class DemoProgress {

  private final int total;
  private int done;

  DemoProgress(int total) {
    this.total = total;
  }

  /** How many tasks have ended with a result. */
  int done() {
    return done;
  }

  /** The line for an event, empty when the story does not need it. */
  Optional<String> lineFor(Event event) {
    Optional<EventType> type = EventType.ofWireName(event.eventType());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    JsonNode payload = event.payload().<JsonNode>map(Json::readObject).orElseGet(Json::object);
    return switch (type.get()) {
      case PROCESS_STARTED -> line(event.emitter().instanceId() + " is up as run " + event.runId());
      case TASK_DONE -> line(taskDone(event, payload));
      case TASK_FAILED ->
          line("task " + payload.path("task_id") + " failed: " + payload.path("error").asText());
      case WORKER_CRASHED -> line(crashed(payload));
      default -> Optional.empty();
    };
  }

  private String taskDone(Event event, JsonNode payload) {
    done++;
    String again =
        payload.path("attempt").asInt() > 1 ? ", attempt " + payload.path("attempt") : "";
    return "[%2d/%d] task %s done by %s in %s ms%s"
        .formatted(
            done,
            total,
            payload.path("task_id"),
            event.emitter().instanceId(),
            payload.path("duration_ms"),
            again);
  }

  private static String crashed(JsonNode payload) {
    return "── %s crashed (%s); released tasks: %s; it is started again in %s ms"
        .formatted(
            payload.path("worker_instance_id").asText(),
            payload.path("signal").asText("exit code " + payload.path("exit_code")),
            payload.path("released_task_ids"),
            payload.path("restart_delay_ms"));
  }

  private static Optional<String> line(String text) {
    return Optional.of("  " + text);
  }
}

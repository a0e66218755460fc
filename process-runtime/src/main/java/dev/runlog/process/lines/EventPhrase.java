package dev.runlog.process.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an event says, in a few words; for types without words of their own, its payload. */
final class EventPhrase {

  private EventPhrase() {}

  /**
   * The phrase; text of the payload is in it as it is, so it must still be made safe for a line.
   */
  static String of(Event event) {
    String payload = event.payload().orElse("");
    Optional<EventType> type = EventType.ofWireName(event.eventType());
    if (payload.isEmpty() || type.isEmpty()) {
      return payload;
    }
    try {
      String phrase = join(partsOf(type.get()), Json.readObject(payload));
      return phrase.isEmpty() ? payload : phrase;
    } catch (JsonException e) {
      // A row that somebody else wrote; people should see what is there.
      return payload;
    }
  }

  private static String join(List<PhrasePart> parts, ObjectNode payload) {
    return parts.stream()
        .flatMap(part -> part.read(payload).stream())
        .collect(Collectors.joining(" · "));
  }

  private static List<PhrasePart> partsOf(EventType type) {
    return switch (type) {
      case PROCESS_STARTED -> parts("version: version {}", "pid: pid {}", "host: on {}");
      case PROCESS_STOPPED -> parts("reason", "exit_code: exit code {}", "uptime_ms: up {} ms");
      case PROCESS_FAILED -> parts("error", "exit_code: exit code {}", "uptime_ms: up {} ms");
      case PROCESS_PARENT_IGNORED -> parts("value: PARENT_RUN_ID={}", "reason");
      case WORKER_SPAWNED ->
          parts("worker_instance_id", "pid: pid {}", "restart_count: restart {}", "revision");
      case WORKER_EXITED ->
          parts(
              "worker_instance_id",
              "worker_run_id: run {}",
              "exit_code: exit code {}",
              "signal",
              "uptime_ms: up {} ms");
      case WORKER_CRASHED ->
          parts(
              "worker_instance_id",
              "worker_run_id: run {}",
              "exit_code: exit code {}",
              "signal",
              "uptime_ms: up {} ms",
              "released_task_ids: released {}",
              "restart_delay_ms: restart in {} ms",
              "reason",
              "last_output: {}");
      case CRASH_LOOP_DETECTED ->
          parts("worker_instance_id", "crashes: {} crashes", "window_ms: in {} ms");
      case WORKER_GAVE_UP -> parts("worker_instance_id", "crashes: {} crashes", "reason");
      case REVISION_REGISTERED,
          REVISION_VERIFYING,
          REVISION_VERIFIED,
          REVISION_REJECTED,
          REVISION_CANARY,
          REVISION_ROLLING,
          REVISION_PROMOTED,
          REVISION_PERMANENT,
          REVISION_SUPERSEDED,
          REVISION_ROLLING_BACK,
          REVISION_ROLLED_BACK,
          REVISION_INCONSISTENT,
          REVISION_RESUMED ->
          parts("revision", "attempt: attempt {}", "previous_revision: instead of {}", "reason");
      case REVISION_REQUESTED -> parts("wish", "revision", "attempt: attempt {}");
      case TASK_SUBMITTED -> parts("task_id: task {}", "kind");
      case TASK_CLAIMED -> parts("task_id: task {}", "kind", "attempt: attempt {}");
      case TASK_DONE -> parts("task_id: task {}", "attempt: attempt {}", "duration_ms: {} ms");
      case TASK_FAILED ->
          parts(
              "task_id: task {}",
              "attempt: attempt {}",
              "duration_ms: {} ms",
              "error",
              "retry_at: will be retried");
      case TASK_RELEASED -> parts("task_id: task {}", "attempt: attempt {}", "cause");
      case TASK_STALE -> parts("task_id: task {}", "attempt: attempt {}", "outcome: {} too late");
      case TASK_CANCEL_REQUESTED ->
          parts("task_id: task {}", "attempt: attempt {}", "held_by_run_id: held by run {}");
      case CONTROL_REQUESTED -> parts("verb", "target", "argument: to {}");
      case CONTROL_OBEYED, CONTROL_REFUSED ->
          parts("verb", "target", "answer", "asked_by_run_id: asked by run {}");
      case TASK_KIND_PAUSED, TASK_KIND_RESUMED -> parts("kind");
      case TASK_KIND_LIMITED -> parts("kind", "most_held: at most {} at once");
      case TASK_CANCELLED, TASK_RETRIED -> parts("task_id: task {}", "attempt: attempt {}");
      case LLM_CALL_STARTED -> parts("model_name", "context.total_tokens: {} tokens of context");
      case LLM_CALL_COMPLETED ->
          parts(
              "model_name",
              "input_tokens: {} tokens in",
              "output_tokens: {} out",
              "latency_ms: {} ms",
              "cost_usd: ${}",
              "finish_reason");
      case LLM_CALL_FAILED ->
          parts(
              "model_name",
              "status: status {}",
              "error",
              "attempts: {} attempts",
              "latency_ms: {} ms");
      case LLM_CALL_RETRIED ->
          parts("attempt: attempt {}", "status: status {}", "error", "delay_ms: again in {} ms");
      case LLM_ACCOUNTING_DRIFTED ->
          parts("model_name", "mean_relative_error: mean error {}", "calls: over {} calls");
      case EVENTS_PRUNING ->
          parts(
              "rows: {} events",
              "trees: of {} trees",
              "tasks: {} tasks",
              "archive: archived in {}");
      case EVENTS_PRUNED ->
          parts(
              "rows: {} events",
              "trees: of {} trees",
              "tasks: {} tasks",
              "archive: archived in {}",
              "error");
    };
  }

  private static List<PhrasePart> parts(String... notation) {
    return Arrays.stream(notation).map(PhrasePart::parse).toList();
  }
}

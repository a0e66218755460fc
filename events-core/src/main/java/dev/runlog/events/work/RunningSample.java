package dev.runlog.events.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.log.EventType;
import java.math.BigDecimal;
import java.util.Optional;

/** Adds up the events of one worker until a task of it ends. Not thread-safe. */
final class RunningSample {

  private int ended;
  private long tokens;
  private Optional<BigDecimal> costUsd = Optional.empty();

  /** Takes the next event; returns the task that it ends, empty when it ends none. */
  Optional<TaskSample> add(String eventType, JsonNode payload) {
    if (eventType.equals(EventType.LLM_CALL_COMPLETED.wireName())) {
      addCall(payload);
      return Optional.empty();
    }
    ended++;
    boolean isReleased = eventType.equals(EventType.TASK_RELEASED.wireName());
    TaskSample sample =
        new TaskSample(
            payload.path("kind").asText(),
            ended,
            eventType.equals(EventType.TASK_FAILED.wireName()),
            payload.path("duration_ms").asLong(),
            tokens,
            costUsd);
    tokens = 0;
    costUsd = Optional.empty();
    return isReleased ? Optional.empty() : Optional.of(sample);
  }

  private void addCall(JsonNode payload) {
    tokens += payload.path("input_tokens").asLong() + payload.path("output_tokens").asLong();
    if (payload.path("cost_usd").isNumber()) {
      BigDecimal cost = payload.path("cost_usd").decimalValue();
      costUsd = Optional.of(costUsd.map(cost::add).orElse(cost));
    }
  }
}

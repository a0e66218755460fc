package dev.runlog.events.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a task as people write it: one JSON object with {@code prompt} or {@code messages}, where
 * wanted {@code kind}, {@code priority}, {@code run_at}, {@code unique_key} and {@code
 * max_attempts}; every other field belongs to the request.
 */
public final class TaskLine {

  private TaskLine() {}

  /**
   * Reads one line.
   *
   * @throws InvalidTaskException when it is not a task; the message says why
   */
  public static TaskSpec parse(String line) {
    ObjectNode fields = object(line);
    String kind = takeText(fields, "kind").orElse(TaskSpec.CHAT);
    int priority = takeInt(fields, "priority", 0);
    Optional<Instant> runAt = takeInstant(fields, "run_at");
    Optional<String> uniqueKey = takeText(fields, "unique_key");
    int maxAttempts = takeInt(fields, "max_attempts", TaskSpec.USUAL_MAX_ATTEMPTS);
    if (kind.equals(TaskSpec.CHAT)) {
      requireChat(fields);
    }
    return new TaskSpec(kind, Json.write(fields), priority, runAt, uniqueKey, maxAttempts);
  }

  private static ObjectNode object(String line) {
    try {
      return Json.readObject(line);
    } catch (JsonException e) {
      throw new InvalidTaskException(
          "not a task: "
              + e.getMessage()
              + "; a task is one JSON object such as {\"prompt\": \"…\"}",
          e);
    }
  }

  private static void requireChat(ObjectNode fields) {
    boolean hasPrompt = fields.has("prompt");
    boolean hasMessages = fields.has("messages");
    if (hasPrompt == hasMessages) {
      throw new InvalidTaskException(
          hasPrompt
              ? "the task has both prompt and messages; give one of them"
              : "the task has neither prompt nor messages; give one of them");
    }
    if (hasPrompt && !fields.get("prompt").isTextual()) {
      throw new InvalidTaskException("the prompt is " + fields.get("prompt") + "; give a text");
    }
    if (hasPrompt && fields.get("prompt").asText().isBlank()) {
      throw new InvalidTaskException("the prompt is empty; give a text");
    }
    if (hasMessages && (!fields.get("messages").isArray() || fields.get("messages").isEmpty())) {
      throw new InvalidTaskException(
          "messages is not a list of at least one message; write [{\"role\": \"user\", \"content\": \"…\"}]");
    }
    if (fields.has("model")
        && (!fields.get("model").isTextual() || fields.get("model").asText().isBlank())) {
      throw new InvalidTaskException(
          "model is not a name; give one such as gpt-5-mini, or leave it out");
    }
  }

  private static Optional<String> takeText(ObjectNode fields, String name) {
    return take(fields, name)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw new InvalidTaskException(name + " is " + value + "; give a text");
              }
              return value.asText();
            });
  }

  private static int takeInt(ObjectNode fields, String name, int otherwise) {
    return take(fields, name)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw new InvalidTaskException(name + " is " + value + "; give a whole number");
              }
              return value.asInt();
            })
        .orElse(otherwise);
  }

  private static Optional<Instant> takeInstant(ObjectNode fields, String name) {
    return take(fields, name).map(value -> instant(name, value));
  }

  private static Instant instant(String name, JsonNode value) {
    try {
      return value.isIntegralNumber()
          ? Instant.ofEpochMilli(value.asLong())
          : Instant.parse(value.asText());
    } catch (DateTimeException e) {
      throw new InvalidTaskException(
          name
              + " is "
              + value
              + "; give Unix epoch milliseconds or a time such as 2030-01-31T12:00:00Z",
          e);
    }
  }

  private static Optional<JsonNode> take(ObjectNode fields, String name) {
    return Optional.ofNullable(fields.remove(name)).filter(value -> !value.isNull());
  }
}

package dev.runlog.console.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskState;
import java.util.Optional;

/** What a task is about, in the words of its request, its result or its error. */
public final class TaskText {

  private TaskText() {}

  /**
   * The error of a task that has one and is not done, else what was asked; before it, that its
   * holder is to drop it.
   */
  public static String summary(Task task) {
    Optional<String> error = task.error().filter(text -> task.state() != TaskState.DONE);
    boolean isToBeDropped =
        task.state() == TaskState.CLAIMED && task.cancelRequestedAt().isPresent();
    return (isToBeDropped ? "to be cancelled: " : "")
        + SafeText.summary(error.orElseGet(() -> asked(task)));
  }

  /** The text that a model answered, else the whole result as JSON; empty without a result. */
  public static Optional<String> answer(Task task) {
    return task.result().map(result -> answerIn(result).orElse(result));
  }

  /** The colour that a state has everywhere. */
  public static Style styleOf(TaskState state) {
    return switch (state) {
      case QUEUED -> Style.PLAIN;
      case CLAIMED -> Style.CYAN;
      case DONE -> Style.GREEN;
      case FAILED -> Style.RED;
      case CANCELLED -> Style.DIM;
    };
  }

  private static String asked(Task task) {
    return read(task.request())
        .map(
            request ->
                firstText(request, "/prompt")
                    .or(() -> lastMessage(request.path("messages")))
                    .orElseGet(request::toString))
        .orElse(task.request());
  }

  private static Optional<String> lastMessage(JsonNode messages) {
    return messages.isArray() && !messages.isEmpty()
        ? firstText(messages.get(messages.size() - 1), "/content", "/content/0/text")
        : Optional.empty();
  }

  private static Optional<String> answerIn(String result) {
    return read(result)
        .flatMap(
            json ->
                firstText(json, "/text", "/content", "/output_text", "/choices/0/message/content"));
  }

  private static Optional<String> firstText(JsonNode json, String... pointers) {
    for (String pointer : pointers) {
      JsonNode value = json.at(pointer);
      if (value.isTextual()) {
        return Optional.of(value.textValue());
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> read(String json) {
    try {
      return Optional.of(Json.readObject(json));
    } catch (JsonException e) {
      // Not ours to judge: the caller shows the text as it is.
      return Optional.empty();
    }
  }
}

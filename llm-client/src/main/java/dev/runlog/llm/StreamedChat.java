package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chunks of Chat Completions. Fields of the answer take their last value that says anything,
 * since some servers send empty ids and names beside the content filter; deltas are merged by
 * {@link DeltaMerge}.
 */
final class StreamedChat implements StreamedAnswer {

  private static final Set<String> NOT_COPIED = Set.of("choices", "object");

  private final ObjectNode answer = Json.object();
  private final Map<Integer, ObjectNode> choices = new TreeMap<>();
  private boolean hasOutput;

  @Override
  public StreamDelta add(ObjectNode chunk) {
    chunk.properties().stream()
        .filter(field -> !NOT_COPIED.contains(field.getKey()) && saysAnything(field.getValue()))
        .forEach(field -> answer.set(field.getKey(), field.getValue()));
    chunk.path("choices").forEach(this::addChoice);
    JsonNode delta = chunk.path("choices").path(0).path("delta");
    String text = DeltaMerge.text(delta.path("content"));
    String reasoning = delta.path("reasoning_content").asText(delta.path("reasoning").asText(""));
    return new StreamDelta(text, reasoning, arguments(delta), chunk);
  }

  /** One of several choices may be cut off after the others were finished. */
  @Override
  public boolean isComplete() {
    return !choices.isEmpty()
        && choices.values().stream().allMatch(choice -> choice.hasNonNull("finish_reason"));
  }

  @Override
  public boolean hasOutput() {
    return hasOutput;
  }

  @Override
  public ObjectNode json() {
    ObjectNode complete = answer.deepCopy().put("object", "chat.completion");
    choices.values().forEach(complete.putArray("choices")::add);
    complete
        .findValues("tool_calls")
        .forEach(calls -> calls.forEach(call -> ((ObjectNode) call).remove("index")));
    return complete;
  }

  private static String arguments(JsonNode delta) {
    StringBuilder arguments = new StringBuilder();
    for (JsonNode call : delta.path("tool_calls")) {
      arguments.append(call.path("function").path("arguments").asText(""));
    }
    return arguments.append(delta.path("function_call").path("arguments").asText("")).toString();
  }

  private void addChoice(JsonNode chunk) {
    ObjectNode choice = choices.computeIfAbsent(chunk.path("index").asInt(0), this::newChoice);
    for (Map.Entry<String, JsonNode> field : chunk.properties()) {
      switch (field.getKey()) {
        case "index" -> {}
        case "delta", "message" -> addDelta(choice, field.getValue());
        case "logprobs" -> DeltaMerge.mergeField(choice, "logprobs", field.getValue());
        default -> setUnlessEmpty(choice, field.getKey(), field.getValue());
      }
    }
  }

  private ObjectNode newChoice(int index) {
    ObjectNode choice = Json.object().put("index", index);
    choice.putObject("message").put("role", "assistant").putNull("content").putNull("refusal");
    return choice.putNull("logprobs").putNull("finish_reason");
  }

  private void addDelta(ObjectNode choice, JsonNode delta) {
    hasOutput |= isOutput(delta);
    DeltaMerge.merge(choice.withObjectProperty("message"), delta);
  }

  private static boolean isOutput(JsonNode delta) {
    return delta.properties().stream()
        .anyMatch(field -> !field.getKey().equals("role") && saysAnything(field.getValue()));
  }

  private static void setUnlessEmpty(ObjectNode choice, String name, JsonNode value) {
    if (saysAnything(value)) {
      choice.set(name, value);
    }
  }

  private static boolean saysAnything(JsonNode value) {
    return !value.isNull()
        && !(value.isTextual() && value.asText().isEmpty())
        && !(value.isContainerNode() && value.isEmpty());
  }
}

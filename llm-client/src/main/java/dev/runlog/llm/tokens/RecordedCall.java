package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import java.util.Optional;

/**
 * A call as it was recorded: what was sent, and what the provider billed for it.
 *
 * @param id name of the row
 * @param endpoint {@code chat.completions} or {@code responses}
 * @param model model as answered, empty when the recording does not say
 * @param request the body that was sent
 * @param reported input tokens as billed
 * @param category what kind of request it is, such as {@code plain} or {@code tools}
 * @param comparable whether a local count can be right at all and the bill is not in doubt
 */
record RecordedCall(
    String id,
    String endpoint,
    String model,
    ObjectNode request,
    Optional<Long> reported,
    String category,
    boolean comparable) {

  /** Reads a row; what it does not say counts as unknown. */
  static RecordedCall of(ObjectNode row) {
    return new RecordedCall(
        row.path("id").asText(""),
        row.path("endpoint").asText("chat.completions"),
        row.path("model").asText(""),
        row.path("request") instanceof ObjectNode request ? request : Json.object(),
        number(row.path("prompt_tokens")),
        row.path("category").asText("other"),
        row.path("countable").asBoolean(true) && !isTrue(row.path("suspect")));
  }

  /**
   * Counts the request as one to the model that answered, where its rules are known: a name may
   * stand for one of several models, and a deployment of Azure has any name.
   *
   * @throws UncountableException when it has no model, or its encoding is not there
   */
  ContextBreakdown count(ContextCounter counter) {
    ObjectNode named = request;
    if (ModelProfile.of(model).isKnown()) {
      named = request.deepCopy().put("model", model);
    }
    return isResponses() ? counter.countResponses(named) : counter.countChat(named);
  }

  /** Family of the answered model, else of the requested one. */
  String family() {
    String name = model.isEmpty() ? request.path("model").asText("") : model;
    return ModelProfile.of(name).family();
  }

  private boolean isResponses() {
    return endpoint.contains("responses");
  }

  private static boolean isTrue(JsonNode suspect) {
    return suspect.isBoolean() ? suspect.asBoolean() : !suspect.asText("").isEmpty();
  }

  private static Optional<Long> number(JsonNode value) {
    return value.isIntegralNumber() ? Optional.of(value.asLong()) : Optional.empty();
  }
}

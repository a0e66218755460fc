package dev.runlog.events.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.pricing.BilledTokens;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One call that was answered, as its event tells. A figure that is no number is absent.
 *
 * @param time when the answer was complete
 * @param model as answered
 * @param input input tokens as reported
 * @param estimate input tokens as counted before the call
 * @param calledExact whether the count was said to be exact; absent where nobody said anything
 * @param billed the reported tokens by what they cost, absent without the input
 * @param serviceTier that served the call
 * @param cost in US dollars, as it was logged
 */
record AnsweredCall(
    Instant time,
    String model,
    Optional<Long> input,
    Optional<Long> estimate,
    Optional<Boolean> calledExact,
    Optional<BilledTokens> billed,
    Optional<String> serviceTier,
    Optional<BigDecimal> cost) {

  /** Beyond reason; a figure is cut there, so that no sum overflows. */
  private static final long MOST_TOKENS = 1_000_000_000_000L;

  private static final String UNKNOWN_MODEL = "unknown";

  /** Reads the payload of an {@code llm_call.completed}; empty when it is no JSON object. */
  static Optional<AnsweredCall> of(Instant time, String payload) {
    try {
      return Optional.of(of(time, Json.readObject(payload)));
    } catch (JsonException e) {
      // A row that another program wrote: there is no call in it.
      return Optional.empty();
    }
  }

  private static AnsweredCall of(Instant time, ObjectNode fields) {
    Optional<Long> input = tokens(fields, "input_tokens");
    return new AnsweredCall(
        time,
        word(fields, "model_name").orElse(UNKNOWN_MODEL),
        input,
        tokens(fields, "estimated_input_tokens"),
        word(fields, "estimate_exactness").map("exact"::equals),
        input.map(reported -> billed(reported, fields)),
        word(fields, "service_tier"),
        number(fields, "cost_usd").map(JsonNode::decimalValue));
  }

  private static BilledTokens billed(long input, ObjectNode fields) {
    return new BilledTokens(
        input,
        tokens(fields, "cached_input_tokens").orElse(0L),
        tokens(fields, "cache_write_tokens").orElse(0L),
        tokens(fields, "output_tokens").orElse(0L));
  }

  private static Optional<Long> tokens(ObjectNode fields, String name) {
    return number(fields, name)
        .map(JsonNode::decimalValue)
        .map(figure -> figure.min(BigDecimal.valueOf(MOST_TOKENS)).max(BigDecimal.ZERO))
        .map(BigDecimal::longValue);
  }

  private static Optional<JsonNode> number(ObjectNode fields, String name) {
    return Optional.of(fields.path(name)).filter(JsonNode::isNumber);
  }

  private static Optional<String> word(ObjectNode fields, String name) {
    return Optional.of(fields.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}

package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A request as data, in the API's own form: fields that this library does not know go to the server
 * untouched. Immutable.
 */
public sealed interface ModelRequest permits ChatRequest, EmbeddingRequest, ResponsesRequest {

  /** The request as it is sent, a copy. */
  ObjectNode json();

  /** The model that the request names. */
  default Optional<String> model() {
    return Optional.of(json().path("model").asText("")).filter(name -> !name.isBlank());
  }

  /** Whether the answer is to come as a stream. */
  default boolean isStream() {
    return json().path("stream").asBoolean(false);
  }
}

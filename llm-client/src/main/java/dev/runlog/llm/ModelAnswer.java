package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a server answered, in the API's own form. Immutable. */
public sealed interface ModelAnswer permits ChatResponse, EmbeddingResponse, ResponsesResponse {

  /** The answer as it came, or as it was put together from a stream; a copy. */
  ObjectNode json();

  /** Text of the answer; empty where there is none. */
  String text();

  /** Model as answered, else as requested. */
  String model();

  /** The provider's id of the request. */
  Optional<String> requestId();

  /** Why the model stopped, where it says so. */
  Optional<String> finishReason();

  /** What the provider billed. */
  default TokenUsage usage() {
    return TokenUsage.ofAnswer(json());
  }
}

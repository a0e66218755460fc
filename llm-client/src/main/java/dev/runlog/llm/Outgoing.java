package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Checks and completes a request before anything is logged of it. */
final class Outgoing {

  private Outgoing() {}

  /**
   * The body to send: a copy, with the model filled in.
   *
   * @throws LlmException when it cannot be sent
   */
  static ObjectNode body(ModelRequest request, String defaultModel) {
    ObjectNode json = request.json();
    if (request.model().isEmpty()) {
      json.put("model", defaultModel);
    }
    if (!json.path("model").isTextual()) {
      throw refused(FailureKind.INVALID_REQUEST, "the model must be a string");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw refused(FailureKind.CANCELLED, "the thread is interrupted");
    }
    return json;
  }

  static LlmException refused(FailureKind kind, String reason) {
    return new LlmException(
        kind, "call not sent: " + reason, Optional.empty(), Optional.empty(), null);
  }
}

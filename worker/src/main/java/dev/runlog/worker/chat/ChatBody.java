package dev.runlog.worker.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes the API's request of a task's: a prompt becomes one user message, everything else stays as
 * it is.
 */
final class ChatBody {

  private ChatBody() {}

  /** Changes the task's request into the body to be sent, and returns it. */
  static ObjectNode of(ObjectNode request) {
    JsonNode prompt = request.remove("prompt");
    if (prompt != null) {
      request.putArray("messages").addObject().put("role", "user").put("content", prompt.asText());
    }
    return request;
  }
}

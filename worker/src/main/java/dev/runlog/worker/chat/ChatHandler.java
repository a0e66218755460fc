package dev.runlog.worker.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.llm.ChatRequest;
import dev.runlog.llm.ChatResponse;
import dev.runlog.llm.FailureKind;
import dev.runlog.llm.LlmClient;
import dev.runlog.llm.LlmException;
import dev.runlog.worker.PermanentTaskException;
import dev.runlog.worker.TaskContext;
import dev.runlog.worker.TaskHandler;
import java.util.Optional;

/**
 * The kind {@code chat}: a prompt, or a list of messages with a model and any parameter of the API,
 * sent to the model. The result is {@code {text, message, model, finish_reason, input_tokens,
 * output_tokens}}.
 */
public final class ChatHandler implements TaskHandler {

  private final LlmClient client;

  /**
   * @param client stays open; whoever made it closes it
   */
  public ChatHandler(LlmClient client) {
    this.client = client;
  }

  @Override
  public ObjectNode handle(TaskContext context) throws InterruptedException {
    ChatRequest request = ChatRequest.ofJson(ChatBody.of(context.request()));
    try {
      return resultOf(client.chat(request, Optional.of(context.claimedEvent())));
    } catch (LlmException e) {
      throw translated(e);
    }
  }

  /** Says what the failure means for the task. */
  private static RuntimeException translated(LlmException e) throws InterruptedException {
    if (e.kind() == FailureKind.CANCELLED) {
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    }
    return e.isPermanent() ? new PermanentTaskException(String.valueOf(e.getMessage()), e) : e;
  }

  private static ObjectNode resultOf(ChatResponse response) {
    ObjectNode result = Json.object().put("text", response.text());
    result.set("message", response.message());
    result.put("model", response.model());
    result.put("finish_reason", response.finishReason().orElse(null));
    result.put("input_tokens", response.usage().inputTokens().orElse(null));
    result.put("output_tokens", response.usage().outputTokens().orElse(null));
    return result;
  }
}

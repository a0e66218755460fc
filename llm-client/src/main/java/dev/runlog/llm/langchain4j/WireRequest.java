package dev.runlog.llm.langchain4j;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.runlog.events.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request of LangChain4j in the form of the Chat Completions API, as far as it takes room in the
 * context: messages, tools and the format of the answer. Other parameters are left out.
 */
final class WireRequest {

  private final ObjectNode json = Json.object();

  private WireRequest() {}

  static ObjectNode of(ChatRequest request) {
    WireRequest wire = new WireRequest();
    wire.json.put("model", Optional.ofNullable(request.modelName()).orElse("unknown"));
    ArrayNode messages = wire.json.putArray("messages");
    request.messages().forEach(message -> add(message, messages.addObject()));
    Optional.ofNullable(request.toolSpecifications()).ifPresent(wire::addTools);
    Optional.ofNullable(request.responseFormat())
        .flatMap(format -> Optional.ofNullable(format.jsonSchema()))
        .ifPresent(wire::addResponseFormat);
    return wire.json;
  }

  private static void add(ChatMessage message, ObjectNode json) {
    if (message instanceof SystemMessage system) {
      json.put("role", "system").put("content", system.text());
    } else if (message instanceof UserMessage user) {
      addUser(user, json);
    } else if (message instanceof AiMessage answer) {
      addAnswer(answer, json);
    } else if (message instanceof ToolExecutionResultMessage result) {
      json.put("role", "tool").put("tool_call_id", result.id());
      addContents(result.contents(), json);
    } else {
      // A message of the user's own kind: only its model knows what becomes of it.
      json.put("role", "user").putArray("content").addObject().put("type", "custom");
    }
  }

  private static void addUser(UserMessage user, ObjectNode json) {
    json.put("role", "user");
    Optional.ofNullable(user.name()).ifPresent(name -> json.put("name", name));
    addContents(user.contents(), json);
  }

  private static void addContents(List<Content> contents, ObjectNode json) {
    if (contents.size() == 1 && contents.get(0) instanceof TextContent text) {
      json.put("content", text.text());
    } else {
      ArrayNode parts = json.putArray("content");
      contents.forEach(content -> add(content, parts.addObject()));
    }
  }

  private static void add(Content content, ObjectNode part) {
    if (content instanceof TextContent text) {
      part.put("type", "text").put("text", text.text());
    } else if (content instanceof ImageContent image) {
      ObjectNode source = part.put("type", "image_url").putObject("image_url");
      source.put("url", url(image.image()));
      source.put("detail", image.detailLevel().name().toLowerCase(Locale.ROOT));
    } else {
      part.put("type", content.type().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String url(Image image) {
    return Optional.ofNullable(image.url())
        .map(Object::toString)
        .orElseGet(() -> "data:" + image.mimeType() + ";base64," + image.base64Data());
  }

  /** An answer of the model, in a conversation as well as in a response. */
  static void addAnswer(AiMessage answer, ObjectNode json) {
    json.put("role", "assistant").put("content", answer.text());
    if (answer.hasToolExecutionRequests()) {
      ArrayNode calls = json.putArray("tool_calls");
      answer.toolExecutionRequests().forEach(call -> add(call, calls.addObject()));
    }
  }

  private static void add(ToolExecutionRequest call, ObjectNode json) {
    json.put("id", call.id()).put("type", "function");
    json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
  }

  private void addTools(List<ToolSpecification> tools) {
    if (!tools.isEmpty()) {
      ArrayNode array = json.putArray("tools");
      tools.forEach(
          tool ->
              array
                  .addObject()
                  .put("type", "function")
                  .set("function", Json.readObject(tool.toJson())));
    }
  }

  private void addResponseFormat(JsonSchema schema) {
    ObjectNode format = json.putObject("response_format").put("type", "json_schema");
    format.putObject("json_schema").put("name", schema.name()).set("schema", rendered(schema));
  }

  /** LangChain4j renders schemas of tools alone for others to see. */
  private static ObjectNode rendered(JsonSchema schema) {
    if (schema.rootElement() instanceof JsonObjectSchema object) {
      ToolSpecification tool =
          ToolSpecification.builder().name("schema").parameters(object).build();
      return Json.readObject(tool.toJson()).withObject("parameters");
    }
    return schema.rootElement() instanceof JsonRawSchema raw
        ? Json.readObject(raw.schema())
        : Json.object();
  }
}

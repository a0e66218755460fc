package dev.runlog.llm.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests by chance, valid ones and others: none breaks the counter, and the parts of each count
 * add up to its total. A failure names the request.
 */
class RandomRequestsTest {

  private static final int ROUNDS = 4_000;

  private final ContextCounter counter = new ContextCounter();

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4", "gpt-4o-mini", "o3-mini", "gpt-5-mini", "gpt-5.4", "llama"})
  void ofAnyShapeAreCounted(String model) {
    RandomJson json = new RandomJson(new Random(model.hashCode()));
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode request = Json.object().put("model", model);
      for (String field : List.of("messages", "input", "tools", "response_format", "tool_choice")) {
        request.set(field, json.value(6));
      }
      assertCounted(request);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4", "gpt-4o-mini", "o3-mini", "gpt-5-mini", "gpt-5.4"})
  void offeringToolsOfAnySchemaAreCounted(String model) {
    RandomJson json = new RandomJson(new Random(model.hashCode()));
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode request = Json.object().put("model", model);
      request.putArray("messages").addObject().put("role", "system").put("content", "hello");
      ObjectNode tool = request.putArray("tools").addObject().put("type", "function");
      tool.putObject("function").put("name", "f").set("parameters", schema(json.value(7)));
      tool.put("name", "f").set("parameters", schema(json.value(7)));
      ObjectNode format = request.putObject("response_format").put("type", "json_schema");
      format.putObject("json_schema").put("name", "s").set("schema", schema(json.value(5)));
      request.putObject("text").set("format", format.deepCopy().set("schema", json.value(5)));
      assertCounted(request);
    }
  }

  @Test
  void thatAreOursButForOneValueAreCounted() throws IOException {
    RandomJson json = new RandomJson(new Random(4));
    List<ObjectNode> ours = OwnRequestsTest.rows().map(row -> (ObjectNode) row.get()[1]).toList();
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode request = (ObjectNode) ours.get(round % ours.size()).path("request");
      ObjectNode changed = json.changed(request);
      assertCounted(changed.set("model", request.path("model")));
    }
  }

  @Test
  void withSchemasOfDeepNestingAreCounted() {
    JsonNode schema = Json.object().put("type", "string");
    for (int depth = 0; depth < 900; depth++) {
      ObjectNode around = Json.object();
      around.set(List.of("items", "properties", "anyOf").get(depth % 3), schema);
      schema = around;
    }
    ObjectNode request = Json.object().put("model", "gpt-4o");
    request.putArray("messages").addObject().put("role", "user").put("content", "hello");
    request.putArray("tools").addObject().putObject("function").set("parameters", schema(schema));
    request.putObject("response_format").put("type", "json_schema");
    request.withObject("/response_format/json_schema").set("schema", schema);
    assertCounted(request);
  }

  /**
   * What stands where parameters stand, most of the time with properties, so that it is rendered.
   */
  private static ObjectNode schema(JsonNode property) {
    ObjectNode schema = Json.object().put("type", "object");
    schema.putObject("properties").set("p", property);
    return schema;
  }

  private void assertCounted(JsonNode request) {
    ObjectNode json = (ObjectNode) request;
    assertCounted(json, counter::countChat, counter::chatMessages);
    assertCounted(json, counter::countResponses, counter::responsesMessages);
    assertCounted(json, counter::countEmbeddings, any -> List.of());
  }

  private static void assertCounted(
      ObjectNode request,
      Function<ObjectNode, ContextBreakdown> count,
      Function<ObjectNode, List<MessageTokens>> messagesOf) {
    try {
      ContextBreakdown counted = count.apply(request);
      long parts =
          counted.byRole().values().stream().mapToLong(Long::longValue).sum()
              + counted.toolDefinitions()
              + counted.responseFormat()
              + counted.images()
              + counted.framing();
      assertThat(counted.totalTokens()).as("%s", request).isEqualTo(parts).isNotNegative();
      long messages =
          messagesOf.apply(request).stream().mapToLong(MessageTokens::totalTokens).sum();
      assertThat(messages).as("%s", request).isBetween(0L, counted.totalTokens());
    } catch (RuntimeException | StackOverflowError e) {
      fail("counting " + request, e);
    }
  }
}

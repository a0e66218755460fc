package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.LlmCallCompleted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams as real servers sent them, sent again. */
@Timeout(120)
class RecordedStreamsTest {

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  @Test
  void readsEachRecordedStreamToItsEnd() throws IOException {
    List<ObjectNode> rows = Fixtures.rows("sse_streams.jsonl");
    try (LlmClient client = client()) {
      for (ObjectNode row : rows) {
        enqueue(row, row.path("body").asText());
        ModelAnswer answer = stream(client, row);
        assertThat(answer.json().toString().length()).as(row.path("host").asText()).isPositive();
        assertThat(hasOutput(answer)).as(row.path("source").asText()).isTrue();
      }
    }
    assertThat(events.all(LlmCallCompleted.class)).hasSameSizeAs(rows);
  }

  @Test
  void findsTheUsageWhereverAStreamHoldsIt() throws IOException {
    try (LlmClient client = client()) {
      for (ObjectNode row : Fixtures.rows("sse_streams.jsonl")) {
        enqueue(row, row.path("body").asText());
        ModelAnswer answer = stream(client, row);
        assertThat(answer.usage().isReported())
            .as(row.path("source").asText())
            .isEqualTo(reportsUsage(row.path("body").asText()));
      }
    }
  }

  @Test
  void readsARecordedStreamWithoutItsLastLineEnds() throws IOException {
    try (LlmClient client = client()) {
      for (ObjectNode row : Fixtures.rows("sse_streams.jsonl")) {
        enqueue(row, row.path("body").asText());
        JsonNode whole = stream(client, row).json();
        enqueue(row, row.path("body").asText().stripTrailing().replace("\n", "\r\n"));
        assertThat(stream(client, row).json()).isEqualTo(whole);
      }
    }
  }

  private void enqueue(ObjectNode row, String body) {
    MockResponse.Builder response = new MockResponse.Builder().body(body);
    String type = row.path("headers").path("content-type").asText("");
    if (!type.isEmpty()) {
      response.addHeader("content-type", type);
    }
    server.enqueue(response.build());
  }

  private static ModelAnswer stream(LlmClient client, ObjectNode row) {
    String model = row.path("model").asText("gpt-4o-mini");
    if (row.path("path").asText().endsWith("/responses")) {
      return client.streamResponse(
          ResponsesRequest.ofPrompt(model, "hello"), Optional.empty(), delta -> {});
    }
    return client.streamChat(ChatRequest.ofPrompt(model, "hello"), Optional.empty(), delta -> {});
  }

  private static boolean hasOutput(ModelAnswer answer) {
    if (!answer.text().isEmpty()) {
      return true;
    }
    return answer instanceof ChatResponse chat
        ? !chat.message().path("tool_calls").isEmpty()
        : answer.json().path("output").size() > 0;
  }

  private static boolean reportsUsage(String body) {
    return Stream.of(body.split("\n", -1))
        .filter(line -> line.startsWith("data: {"))
        .map(line -> Json.readObject(line.substring(6)))
        .anyMatch(
            event ->
                event.path("usage").isObject()
                    || event.path("response").path("usage").isObject()
                    || event.path("x_groq").path("usage").isObject());
  }

  private LlmClient client() {
    return loopback.client(loopback.settings("gpt-4o-mini"));
  }
}

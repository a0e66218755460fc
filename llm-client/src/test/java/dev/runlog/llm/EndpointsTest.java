package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runlog.events.json.Json;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallStarted;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class EndpointsTest {

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o", "hello 4711");
  private static final String ANSWER =
      "{\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"message\":{\"content\":\"Hi.\"}}],"
          + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100}}";

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  @Test
  void callsTheResponsesApi() throws Exception {
    enqueue(
        "{\"id\":\"resp_1\",\"model\":\"gpt-5-nano\",\"status\":\"completed\",\"error\":null,"
            + "\"output\":[{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"},"
            + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi.\"}]}],"
            + "\"usage\":{\"input_tokens\":7,\"output_tokens\":2}}");
    try (LlmClient client = client(settings())) {
      ResponsesResponse response =
          client.respond(ResponsesRequest.ofPrompt("gpt-5-nano", "hello"), Optional.empty());
      assertThat(response.text()).isEqualTo("Hi.");
      assertThat(response.functionCalls()).hasSize(1);
      assertThat(response.requestId()).contains("resp_1");
    }
    assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/responses");
    assertThat(events.only(LlmCallStarted.class).context().orElseThrow().totalTokens())
        .isEqualTo(7);
    assertThat(events.only(LlmCallCompleted.class).estimateErrorTokens()).contains(0L);
  }

  @Test
  void failsOnAResponseThatFailed() {
    enqueue(
        "{\"id\":\"resp_1\",\"status\":\"failed\",\"output\":[],"
            + "\"error\":{\"code\":\"server_error\",\"message\":\"out of luck\"}}");
    try (LlmClient client = client(settings())) {
      assertThat(
              catchThrowableOfType(
                  LlmException.class,
                  () -> client.respond(ResponsesRequest.ofPrompt("m", "x"), Optional.empty())))
          .hasMessageContaining("out of luck");
    }
  }

  @Test
  void accountsForEmbeddings() throws Exception {
    enqueue(
        "{\"data\":[{\"embedding\":[0.5,-1]},{\"embedding\":\"AAAAPwAAgL8=\"}],"
            + "\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}");
    try (LlmClient client = client(settings())) {
      EmbeddingResponse response =
          client.embed(
              EmbeddingRequest.ofTexts("text-embedding-3-small", List.of("hello", "world")),
              Optional.empty());
      assertThat(response.vectors())
          .containsExactly(new float[] {0.5f, -1}, new float[] {0.5f, -1});
    }
    assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/embeddings");
    LlmCallStarted started = events.only(LlmCallStarted.class);
    assertThat(started.endpoint()).isEqualTo("/embeddings");
    assertThat(started.context().orElseThrow().totalTokens()).isEqualTo(2);
    assertThat(events.only(LlmCallCompleted.class).costUsd())
        .contains(new BigDecimal("0.00000004"));
  }

  @Test
  void listsModels() {
    enqueue("{\"object\":\"list\",\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
    enqueue("{\"object\":\"list\"}");
    try (LlmClient client = client(settings())) {
      assertThat(client.models()).containsExactly("a", "b");
      assertThat(catchThrowableOfType(LlmException.class, client::models))
          .hasMessageContaining("no list of models");
    }
    assertThat(events.types()).isEmpty();
  }

  @Test
  void addressesADeploymentOfAzure() throws Exception {
    enqueue(ANSWER);
    LlmSettings azure =
        LlmSettings.ofEnvironment(
            Map.of(
                "AZURE_OPENAI_ENDPOINT", server.url("/").toString(),
                "AZURE_OPENAI_API_KEY", "azure-key-1",
                "OPENAI_API_VERSION", "2024-10-21",
                "OPENAI_MODEL", "my deployment"));
    try (LlmClient client = client(azure)) {
      client.chat(ChatRequest.ofJson("{\"messages\":[]}"), Optional.empty());
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget())
        .isEqualTo("/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
    assertThat(request.getHeaders().get("api-key")).isEqualTo("azure-key-1");
    assertThat(request.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void addressesAzureWithoutVersionUnderV1() throws Exception {
    enqueue("{\"output\":[]}");
    LlmSettings azure =
        LlmSettings.ofEnvironment(
            Map.of("AZURE_OPENAI_ENDPOINT", server.url("/").toString(), "OPENAI_API_KEY", "k1"));
    try (LlmClient client = client(azure)) {
      client.respond(ResponsesRequest.ofPrompt("d", "x"), Optional.empty());
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/openai/v1/responses");
    assertThat(request.getHeaders().get("api-key")).isEqualTo("k1");
  }

  @Test
  void writesTheCostAndHashesButNoContents() {
    enqueue(ANSWER);
    chat(settings());
    assertThat(events.only(LlmCallCompleted.class).costUsd()).contains(new BigDecimal("0.0035"));
    LlmCallStarted started = events.only(LlmCallStarted.class);
    assertThat(started.contents()).hasSize(1);
    assertThat(started.contents().get(0).role()).isEqualTo("user");
    assertThat(started.contents().get(0).chars()).isEqualTo(10);
    assertThat(started.contents().get(0).sha256()).matches("[0-9a-f]{16}");
    assertThat(events.asText()).doesNotContain("4711").doesNotContain("Hi.");
  }

  @Test
  void keepsContentsWhereThatIsAskedFor() {
    enqueue(ANSWER);
    chat(settings().withAccounting(accounting(Capture.FULL)));
    assertThat(events.only(LlmCallStarted.class).request().orElseThrow()).isEqualTo(HELLO.json());
    assertThat(events.only(LlmCallCompleted.class).response()).contains(Json.readObject(ANSWER));
  }

  @Test
  void takesTheUsersPatternsOutOfWhatItKeeps() {
    enqueue(ANSWER);
    chat(settings().withAccounting(accounting(Capture.REDACTED)));
    assertThat(events.asText()).contains("hello [redacted]").doesNotContain("4711");
  }

  @Test
  void readsWhatToWriteFromTheEnvironment() {
    LlmSettings settings =
        LlmSettings.ofEnvironment(
            Map.of("RUNLOG_CAPTURE", "redacted", "RUNLOG_REDACT", "\\d{4}\nfoo"));
    assertThat(settings.accounting().capture()).isEqualTo(Capture.REDACTED);
    assertThat(settings.accounting().secrets()).hasSize(2);
    assertThat(
            catchThrowableOfType(
                    InvalidLlmSettingsException.class,
                    () ->
                        LlmSettings.ofEnvironment(
                            Map.of(
                                "RUNLOG_CAPTURE", "some",
                                "RUNLOG_REDACT", "(",
                                "RUNLOG_PRICES", "none.json")))
                .problems())
        .hasSize(3);
  }

  private static Accounting accounting(Capture capture) {
    return new Accounting(
        Accounting.ofDefaults().prices(), capture, List.of(Pattern.compile("\\d{4}$")));
  }

  private void chat(LlmSettings settings) {
    try (LlmClient client = client(settings)) {
      client.chat(HELLO, Optional.empty());
    }
  }

  private LlmClient client(LlmSettings settings) {
    return loopback.client(settings);
  }

  private LlmSettings settings() {
    return loopback.settings("gpt-4o-mini");
  }

  private void enqueue(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }
}

package dev.runlog.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallRetried;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to an HTTP server that has nothing in common with the client's own library. */
@Timeout(60)
class WireMockTest {

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o", "hello");
  private static final String ANSWER =
      "{\"id\":\"chatcmpl-7\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"Hi.\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2,\"total_tokens\":10}}";
  private static final String STREAM =
      Stream.of(
              "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}",
              ": still there",
              "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\".\"},\"finish_reason\":\"stop\"}]}",
              "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2}}",
              "data: [DONE]")
          .map(event -> event + "\r\n\r\n")
          .collect(Collectors.joining());

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final RecordedEvents events = new RecordedEvents();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void accountsForAnAnswerThatComesInPieces() {
    answerTo("gpt-4o", aResponse().withBody(ANSWER).withChunkedDribbleDelay(5, 100));
    try (LlmClient client = client()) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
    assertThat(events.only(LlmCallCompleted.class).estimateErrorTokens()).contains(0L);
  }

  @Test
  void readsAStreamThatIsCutAnywhere() {
    answerTo(
        "gpt-4o",
        aResponse()
            .withHeader("content-type", "text/event-stream")
            .withBody(STREAM)
            .withChunkedDribbleDelay(37, 200));
    StringBuilder text = new StringBuilder();
    try (LlmClient client = client()) {
      ChatResponse response =
          client.streamChat(HELLO, Optional.empty(), delta -> text.append(delta.text()));
      assertThat(response.text()).isEqualTo("Hi.").isEqualTo(text.toString());
      assertThat(response.usage().inputTokens()).contains(8L);
    }
    assertThat(events.only(LlmCallCompleted.class).timeToFirstTokenMs()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void triesAgainAfter(Fault fault) {
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions"))
            .inScenario("fault")
            .whenScenarioStateIs(STARTED)
            .willSetStateTo("well again")
            .willReturn(aResponse().withFault(fault)));
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions"))
            .inScenario("fault")
            .whenScenarioStateIs("well again")
            .willReturn(aResponse().withBody(ANSWER)));
    try (LlmClient client = client()) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
    assertThat(events.types())
        .containsExactly("llm_call.started", "llm_call.retried", "llm_call.completed");
    assertThat(events.only(LlmCallRetried.class).status()).isEmpty();
  }

  private void answerTo(String model, ResponseDefinitionBuilder answer) {
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions"))
            .withHeader("authorization", equalTo("Bearer key-of-the-test"))
            .withRequestBody(matchingJsonPath("$.model", equalTo(model)))
            .willReturn(answer));
  }

  private LlmClient client() {
    LlmSettings settings =
        LlmSettings.of(server.baseUrl() + "/v1", Optional.of("key-of-the-test"), "gpt-4o");
    return new LlmClient(
        settings,
        events,
        timing ->
            new CallTiming(timing.clock(), timing.nanoTime(), timing.random(), duration -> {}));
  }
}

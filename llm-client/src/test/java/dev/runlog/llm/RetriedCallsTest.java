package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallRetried;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again, when, and what ends a call at once. */
@Timeout(60)
class RetriedCallsTest {

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  @Test
  void retriesWhatMayPassAndLogsEachRetry() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("retry-after-ms", "250").build());
    loopback.enqueue(503, "{\"error\":{\"message\":\"overloaded\"}}");
    loopback.enqueue(200, LoopbackServer.HI);
    assertThat(chat(HELLO).text()).isEqualTo("Hi.");
    assertThat(loopback.pauses()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(1000));
    assertThat(events.types())
        .containsExactly(
            "llm_call.started", "llm_call.retried", "llm_call.retried", "llm_call.completed");
    LlmCallRetried second = events.all(LlmCallRetried.class).get(1);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.status()).contains(503);
    assertThat(second.delayMs()).isEqualTo(1000);
    assertThat(second.error()).contains("overloaded");
    assertThat(events.only(LlmCallCompleted.class).attempts()).isEqualTo(3);
  }

  @Test
  void waitsAsLongAsTheServerAsksInSecondsOrByADate() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    server.enqueue(tooMany("7"));
    server.enqueue(tooMany("Sun, 22 Nov 2026 12:00:20 GMT"));
    loopback.enqueue(200, LoopbackServer.HI);
    try (LlmClient client = loopback.client(settings(), clock)) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
    assertThat(loopback.pauses()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20));
    assertThat(events.all(LlmCallRetried.class))
        .extracting(LlmCallRetried::delayMs)
        .containsExactly(7_000L, 20_000L);
  }

  @Test
  void givesUpAfterTwoRetries() {
    loopback.enqueue(500, "oh");
    loopback.enqueue(500, "oh");
    loopback.enqueue(500, "oh");
    LlmException failure = fail(HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.isPermanent()).isFalse();
    assertThat(failure)
        .hasMessage("call gpt-4o-mini: HTTP 500: oh; try again later; gave up after 3 attempts");
    LlmCallFailed failed = events.only(LlmCallFailed.class);
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed.status()).contains(500);
    assertThat(failed.startedEventId()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "400, context_length_exceeded, INVALID_REQUEST",
    "401, invalid_api_key, AUTHENTICATION",
    "403, , AUTHENTICATION",
    "404, model_not_found, MODEL_NOT_FOUND",
    "404, , NOT_FOUND",
    "413, , INVALID_REQUEST",
    "422, , INVALID_REQUEST",
    "429, insufficient_quota, QUOTA_EXHAUSTED",
    "307, , NOT_FOUND",
  })
  void doesNotRetryWhatIsPermanent(int status, String code, FailureKind kind) {
    loopback.enqueue(
        status,
        "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"code\":"
            + (code == null ? "null" : "\"" + code + "\"")
            + "}}");
    LlmException failure = fail(HELLO);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.isPermanent()).isTrue();
    assertThat(failure.status()).contains(status);
    assertThat(failure.providerError().orElseThrow().code()).isEqualTo(Optional.ofNullable(code));
    assertThat(failure).hasMessageContaining("No. (t").hasMessageContaining("not retried");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void namesTheModelThatIsNotThere() {
    loopback.enqueue(
        404, "{\"error\":{\"message\":\"The model does not exist\",\"code\":\"model_not_found\"}}");
    assertThat(fail(ChatRequest.ofPrompt("gpt-99", "x")))
        .hasMessageContaining("gpt-99")
        .hasMessageContaining("check the model's name");
  }

  @Test
  void retriesThePageOfAProxyAndQuotesItsBeginningOnly() {
    String page =
        "<html><head><title>502 Bad Gateway</title></head>" + "<p>nginx</p>".repeat(9_000);
    loopback.enqueue(502, page);
    loopback.enqueue(502, page);
    loopback.enqueue(502, page);
    LlmException failure = fail(HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("502 Bad Gateway");
    assertThat(failure.getMessage()).hasSizeLessThan(3_000);
    assertThat(events.only(LlmCallFailed.class).attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>captive portal</html>",
        "{\"id\":\"chatcmpl-1\",\"choices\":[{\"mess",
        "[]",
        "null",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":[{\"index\":0}]}",
        "{\"choices\":\"none\"}",
        "{\"error\":{\"message\":\"upstream failed\",\"code\":502}}",
      })
  void refusesASuccessThatIsNoAnswerWithoutRetry(String body) {
    loopback.enqueue(200, body);
    LlmException failure = fail(HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_ANSWER);
    assertThat(failure).hasMessageStartingWith("call gpt-4o-mini: HTTP 200, but the answer ");
    assertThat(events.only(LlmCallFailed.class).status()).contains(200);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void cutsNoEmojiOfAnAnswerThatItQuotesInTwo() {
    for (String before : List.of("<", "<<")) {
      loopback.enqueue(200, before + "\uD83D\uDE00".repeat(5_000));
      assertThat(fail(HELLO)).message().contains("\uD83D\uDE00…").doesNotContain("\uD83D…");
    }
  }

  @Test
  void retriesACutConnection() {
    server.enqueue(
        new MockResponse.Builder()
            .body(LoopbackServer.HI)
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    loopback.enqueue(200, LoopbackServer.HI);
    assertThat(chat(HELLO).text()).isEqualTo("Hi.");
    assertThat(events.types())
        .containsExactly(
            "llm_call.started", "llm_call.retried", "llm_call.retried", "llm_call.completed");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    LlmException failure = fail(settings("http://127.0.0.1:" + port + "/v1"), HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION);
    assertThat(failure).hasMessageContaining("check the network and OPENAI_BASE_URL");
    assertThat(events.only(LlmCallFailed.class).attempts()).isEqualTo(3);
  }

  @Test
  void endsACallThatTakesTooLong() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    LlmException failure = fail(settings().withTotalTimeout(Duration.ofMillis(200)), HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("no answer within 200 ms");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  private static MockResponse tooMany(String retryAfter) {
    return new MockResponse.Builder().code(429).addHeader("retry-after", retryAfter).build();
  }

  private ChatResponse chat(ChatRequest request) {
    try (LlmClient client = loopback.client(settings())) {
      return client.chat(request, Optional.empty());
    }
  }

  private LlmException fail(ChatRequest request) {
    return loopback.failure(settings(), request);
  }

  private LlmException fail(LlmSettings settings, ChatRequest request) {
    return loopback.failure(settings, request);
  }

  private LlmSettings settings() {
    return loopback.settings(LlmSettings.DEFAULT_MODEL);
  }

  private static LlmSettings settings(String baseUrl) {
    return LlmSettings.of(baseUrl, Optional.empty(), LlmSettings.DEFAULT_MODEL);
  }
}

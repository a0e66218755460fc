package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong between a request and its answer. */
@Timeout(60)
class FaultsTest {

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");
  private static final String ANSWER =
      "{\"choices\":[{\"message\":{\"content\":\"Hi.\"},\"finish_reason\":\"stop\"}]}";

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  /** A point of the exchange at which the server closes its socket. */
  private enum Point {
    REQUEST_START,
    REQUEST_BODY,
    RESPONSE_START,
    RESPONSE_BODY;

    MockResponse close(MockResponse.Builder response) {
      SocketEffect close = new SocketEffect.CloseSocket();
      return switch (this) {
        case REQUEST_START -> response.onRequestStart(close).build();
        case REQUEST_BODY -> response.onRequestBody(close).build();
        case RESPONSE_START -> response.onResponseStart(close).build();
        case RESPONSE_BODY -> response.onResponseBody(close).build();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void survivesAConnectionThatIsResetAt(Point point) {
    server.enqueue(point.close(new MockResponse.Builder().body(ANSWER)));
    server.enqueue(new MockResponse.Builder().body(ANSWER).build());
    try (LlmClient client = client(CallTimeouts.DEFAULT, 2)) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
    assertThat(events.types())
        .containsExactly("llm_call.started", "llm_call.retried", "llm_call.completed");
  }

  @ParameterizedTest
  @EnumSource
  void tellsOfAStreamThatIsResetAt(Point point) {
    server.enqueue(
        point.close(
            new MockResponse.Builder()
                .addHeader("content-type", "text/event-stream")
                .body("data: {\"choices\":[]}\n\n".repeat(100))));
    try (LlmClient client = client(CallTimeouts.DEFAULT, 0)) {
      LlmException failure =
          catchThrowableOfType(
              LlmException.class, () -> client.streamChat(HELLO, Optional.empty(), delta -> {}));
      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION);
    }
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @Test
  void readsGzip() throws IOException {
    Buffer zipped = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8(ANSWER);
    }
    server.enqueue(
        new MockResponse.Builder().addHeader("content-encoding", "gzip").body(zipped).build());
    try (LlmClient client = client(CallTimeouts.DEFAULT, 0)) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
  }

  @Test
  void refusesABodyBeyondItsBoundWithoutReadingItAgain() {
    server.enqueue(new MockResponse.Builder().body("x".repeat(100 << 20)).build());
    LlmException failure = fail(CallTimeouts.DEFAULT);
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_ANSWER);
    assertThat(failure).hasMessageContaining("longer than 67108864 bytes");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void unpacksNoMoreThanItsBound() throws IOException {
    Buffer zipped = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8("x".repeat(100 << 20));
    }
    server.enqueue(
        new MockResponse.Builder().addHeader("content-encoding", "gzip").body(zipped).build());
    assertThat(fail(CallTimeouts.DEFAULT)).hasMessageContaining("longer than");
  }

  @Test
  void endsAnAnswerThatComesByteByByte() {
    server.enqueue(
        new MockResponse.Builder().body(ANSWER).throttleBody(1, 50, TimeUnit.MILLISECONDS).build());
    LlmException failure = fail(CallTimeouts.DEFAULT.withTotal(Duration.ofMillis(400)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("400 ms");
  }

  @Test
  void waitsForASlowAnswerThatKeepsComing() {
    server.enqueue(
        new MockResponse.Builder()
            .body(ANSWER)
            .throttleBody(20, 60, TimeUnit.MILLISECONDS)
            .build());
    CallTimeouts timeouts = CallTimeouts.DEFAULT.withBetweenBytes(Duration.ofSeconds(5));
    try (LlmClient client = client(timeouts, 0)) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
  }

  @Test
  void endsAnAnswerThatStops() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"cho")
            .setHeader("content-length", 1_000)
            .onResponseEnd(SocketEffect.Stall.INSTANCE)
            .build());
    assertThat(fail(CallTimeouts.DEFAULT.withBetweenBytes(Duration.ofMillis(200))))
        .hasMessageContaining("nothing more of the answer for 200 ms");
  }

  @Test
  void endsACallWhoseAnswerDoesNotBegin() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    LlmException failure = fail(CallTimeouts.DEFAULT.withFirstByte(Duration.ofMillis(200)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("no answer within 200 ms");
  }

  @Test
  void endsACallWhoseAnswerHasAHeadOnly() {
    server.enqueue(
        new MockResponse.Builder()
            .setHeader("content-length", 1_000)
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());
    LlmException failure = fail(CallTimeouts.DEFAULT.withFirstByte(Duration.ofMillis(200)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("no answer within 200 ms");
  }

  @Test
  void endsAConnectionThatIsNotAccepted() throws IOException {
    try (DeafServer deaf = new DeafServer()) {
      LlmSettings settings =
          LlmSettings.of(deaf.url(), Optional.empty(), "m")
              .withMaxRetries(0)
              .withTimeouts(CallTimeouts.DEFAULT.withConnect(Duration.ofMillis(200)));
      LlmException failure = loopback.failure(settings, HELLO);
      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION);
      assertThat(failure).hasMessageContaining("SocketTimeoutException");
    }
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Ty",
        "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"choices\":[",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"cho\r\n",
      })
  void tellsOfAnAnswerThatIsResetAfter(String beginning) throws IOException {
    try (ResettingServer resetting = new ResettingServer(beginning)) {
      LlmSettings settings =
          LlmSettings.of(resetting.url(), Optional.empty(), "m").withMaxRetries(0);
      assertThat(loopback.failure(settings, HELLO).kind()).isEqualTo(FailureKind.CONNECTION);
    }
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @Test
  void tellsOfAGzipAnswerThatIsCutOff() throws IOException {
    Buffer zipped = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8(ANSWER);
    }
    Buffer half = new Buffer();
    half.write(zipped, zipped.size() / 2);
    server.enqueue(
        new MockResponse.Builder().addHeader("content-encoding", "gzip").body(half).build());
    assertThat(fail(CallTimeouts.DEFAULT).kind()).isEqualTo(FailureKind.CONNECTION);
  }

  @Test
  void readsAnAnswerBehindAByteOrderMark() {
    server.enqueue(new MockResponse.Builder().body("\uFEFF" + ANSWER).build());
    try (LlmClient client = client(CallTimeouts.DEFAULT, 0)) {
      assertThat(client.chat(HELLO, Optional.empty()).text()).isEqualTo("Hi.");
    }
  }

  private LlmException fail(CallTimeouts timeouts) {
    try (LlmClient client = client(timeouts, 0)) {
      return catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty()));
    }
  }

  private LlmClient client(CallTimeouts timeouts, int retries) {
    return loopback.client(
        loopback.settings("gpt-4o-mini").withTimeouts(timeouts).withMaxRetries(retries));
  }
}

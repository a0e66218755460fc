package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallRetried;
import dev.runlog.events.payload.LlmCallStarted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LlmClientTest {

  private static final String KEY = "secret-key-of-the-test-1234";
  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");
  private static final String ANSWER =
      "{\"id\":\"chatcmpl-1\",\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi.\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2,\"total_tokens\":10,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}";

  private final MockWebServer server = new MockWebServer();
  private final RecordedEvents events = new RecordedEvents();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsTheRequestAndReturnsTheAnswer() throws Exception {
    enqueue(200, ANSWER);
    ChatResponse response = chat(HELLO);
    assertThat(response.text()).isEqualTo("Hi.");
    assertThat(response.finishReason()).contains("stop");
    assertThat(response.model()).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(response.usage().inputTokens()).contains(8L);
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/v1/chat/completions");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(body(request)).isEqualTo(HELLO.json().toString());
  }

  @Test
  void logsTheCallWithItsContextAndItsUsage() {
    server.enqueue(
        new MockResponse.Builder().addHeader("x-request-id", "req_7").body(ANSWER).build());
    try (LlmClient client = client()) {
      client.chat(HELLO, Optional.of(new EventId(41)));
    }
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
    LlmCallStarted started = events.only(LlmCallStarted.class);
    assertThat(started.parentEventId()).contains(41L);
    assertThat(started.context().orElseThrow().totalTokens()).isEqualTo(8);
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.startedEventId()).isEqualTo(1);
    assertThat(completed.inputTokens()).contains(8L);
    assertThat(completed.outputTokens()).contains(2L);
    assertThat(completed.cachedInputTokens()).contains(0L);
    assertThat(completed.reasoningTokens()).isEmpty();
    assertThat(completed.estimatedInputTokens()).contains(8L);
    assertThat(completed.requestId()).contains("req_7");
    assertThat(completed.attempts()).isEqualTo(1);
    assertThat(completed.usageSource()).isEqualTo("reported");
  }

  @Test
  void logsMissingUsageAsMissing() {
    enqueue(200, "{\"choices\":[{\"message\":{\"content\":\"Hi.\"}}]}");
    assertThat(chat(HELLO).model()).isEqualTo("gpt-4o-mini");
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.usageSource()).isEqualTo("missing");
    assertThat(completed.inputTokens()).isEmpty();
    assertThat(completed.outputTokens()).isEmpty();
  }

  @Test
  void fillsInTheDefaultModelAndPassesUnknownFieldsOn() throws Exception {
    enqueue(200, ANSWER);
    chat(ChatRequest.ofJson("{\"messages\":[],\"new_field\":{\"deep\":[1]}}"));
    assertThat(Json.readObject(body(server.takeRequest())))
        .isEqualTo(
            Json.readObject(
                "{\"messages\":[],\"new_field\":{\"deep\":[1]},\"model\":\"gpt-5-mini\"}"));
  }

  @Test
  void sendsHalfASurrogatePairAsAReplacement() throws Exception {
    enqueue(200, ANSWER);
    chat(ChatRequest.ofPrompt("gpt-4o", "cut \uD83D"));
    assertThat(body(server.takeRequest())).contains("cut \uFFFD");
  }

  @Test
  void retriesWhatMayPassAndLogsEachRetry() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("retry-after-ms", "250").build());
    enqueue(503, "{\"error\":{\"message\":\"overloaded\"}}");
    enqueue(200, ANSWER);
    assertThat(chat(HELLO).text()).isEqualTo("Hi.");
    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(1000));
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
  void givesUpAfterTwoRetries() {
    enqueue(500, "oh");
    enqueue(500, "oh");
    enqueue(500, "oh");
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
    enqueue(
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
    enqueue(
        404, "{\"error\":{\"message\":\"The model does not exist\",\"code\":\"model_not_found\"}}");
    assertThat(fail(ChatRequest.ofPrompt("gpt-99", "x")))
        .hasMessageContaining("gpt-99")
        .hasMessageContaining("check the model's name");
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
    enqueue(200, body);
    LlmException failure = fail(HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_ANSWER);
    assertThat(failure).hasMessageStartingWith("call gpt-4o-mini: HTTP 200, but the answer ");
    assertThat(events.only(LlmCallFailed.class).status()).contains(200);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void retriesACutConnection() {
    server.enqueue(
        new MockResponse.Builder()
            .body(ANSWER)
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    enqueue(200, ANSWER);
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
    LlmException failure =
        fail(
            settings(server.url("/v1").toString()).withTotalTimeout(Duration.ofMillis(200)), HELLO);
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("no answer within 200 ms");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @Test
  void neverShowsTheKeyEvenWhenTheServerEchoesIt() {
    String echo =
        "{\"error\":{\"message\":\"Incorrect key %s, sent as Bearer %s; like sk-proj-abcdef123456\","
            + "\"type\":\"%s\",\"code\":\"%s\"}}";
    enqueue(500, echo.replace("%s", KEY));
    enqueue(401, " ".repeat(1_990) + echo.replace("%s", KEY));
    LlmException failure = fail(HELLO);
    assertThat(failure).hasMessageContaining("[redacted]");
    assertThat(failure.toString() + failure.providerError() + failure.getCause())
        .doesNotContain(KEY)
        .doesNotContain("sk-proj");
    assertThat(events.asText()).doesNotContain(KEY).doesNotContain("sk-proj");
    try (LlmClient client = client()) {
      assertThat(client).asString().doesNotContain(KEY);
    }
  }

  @Test
  void neverShowsTheKeyThatAnAnswerOfGarbageHolds() {
    enqueue(200, "x".repeat(190) + KEY);
    assertThat(fail(HELLO)).hasMessageNotContaining("secret-key");
    assertThat(events.asText()).doesNotContain("secret-key");
  }

  @Test
  void callsEvenWhenTheContextCannotBeCounted() {
    enqueue(200, ANSWER);
    StringBuilder deep = new StringBuilder("{\"model\":\"gpt-4o\",\"messages\":[],\"tools\":[");
    deep.append("{\"type\":\"function\",\"function\":{\"parameters\":");
    deep.append("{\"properties\":{\"a\":".repeat(450)).append("{}").append("}}".repeat(450));
    chat(ChatRequest.ofJson(deep.append("}}]}").toString()));
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
  }

  @Test
  void refusesToCallForAnInterruptedThread() {
    try (LlmClient client = client()) {
      Thread.currentThread().interrupt();
      LlmException failure =
          catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
      assertThat(events.types()).isEmpty();
    }
  }

  @Test
  void cutsTheConnectionWhenTheThreadIsInterrupted() throws Exception {
    try (SilentServer silent = new SilentServer();
        LlmClient client = client(settings(silent.url()))) {
      CallThread call = new CallThread(client);
      silent.awaitRequest();
      call.interrupt();
      silent.awaitCut();
      assertThat(call.failure().kind()).isEqualTo(FailureKind.CANCELLED);
      assertThat(call.wasInterruptedAfterwards).isTrue();
      assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
      assertThat(events.only(LlmCallFailed.class).error()).contains("interrupted");
    }
  }

  @Test
  void closingCutsTheCallsUnderWayAndLogsTheirEnd() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      LlmClient client = client(settings(silent.url()));
      CallThread call = new CallThread(client);
      silent.awaitRequest();
      client.close();
      assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
      silent.awaitCut();
      assertThat(call.failure()).hasMessageContaining("cancelled, the client was closed");
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("runlog-llm-"));
      assertThat(
              catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty())))
          .hasMessageContaining("the client is closed");
    }
  }

  @Test
  void countsWhileTheRequestIsOnItsWay() {
    enqueue(200, ANSWER);
    List<RecordedRequest> receivedBefore = new CopyOnWriteArrayList<>();
    EventAppender slow =
        payload -> {
          if (payload instanceof LlmCallStarted) {
            receivedBefore.add(received());
          }
          return events.append(payload);
        };
    try (LlmClient client = new LlmClient(settings(server.url("/v1").toString()), slow)) {
      client.chat(HELLO, Optional.empty());
    }
    assertThat(receivedBefore).hasSize(1);
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
  }

  private RecordedRequest received() {
    try {
      return Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void passesOnThatACallCannotBeLogged() {
    enqueue(200, ANSWER);
    IllegalStateException full = new IllegalStateException("the disk is full");
    EventAppender broken =
        payload -> {
          throw full;
        };
    try (LlmClient client = new LlmClient(settings(server.url("/v1").toString()), broken)) {
      assertThatThrownBy(() -> client.chat(HELLO, Optional.empty())).isSameAs(full);
    }
  }

  @Test
  void leavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    enqueue(200, ANSWER);
    LlmClient client = client(settings(server.url("/v1").toString()));
    client.chat(HELLO, Optional.empty());
    client.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("runlog-llm") || name.contains("OkHttp"));
  }

  @Test
  void closingEndsThePauseBetweenAttempts() throws Exception {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("retry-after", "60").build());
    BlockingQueue<Duration> paused = new LinkedBlockingQueue<>();
    LlmClient client =
        new LlmClient(
            settings(server.url("/v1").toString()),
            events,
            timing ->
                new CallTiming(
                    timing.clock(),
                    timing.nanoTime(),
                    timing.random(),
                    duration -> {
                      paused.add(duration);
                      timing.pause().pause(duration);
                    }));
    CallThread call = new CallThread(client);
    assertThat(paused.poll(30, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(60));
    client.close();
    assertThat(call.failure().kind()).isEqualTo(FailureKind.CANCELLED);
    assertThat(events.types())
        .containsExactly("llm_call.started", "llm_call.retried", "llm_call.failed");
  }

  private ChatResponse chat(ChatRequest request) {
    try (LlmClient client = client()) {
      return client.chat(request, Optional.empty());
    }
  }

  private LlmException fail(ChatRequest request) {
    return fail(settings(server.url("/v1").toString()), request);
  }

  private LlmException fail(LlmSettings settings, ChatRequest request) {
    try (LlmClient client = client(settings)) {
      return catchThrowableOfType(LlmException.class, () -> client.chat(request, Optional.empty()));
    }
  }

  private LlmClient client() {
    return client(settings(server.url("/v1").toString()));
  }

  /** A client that does not wait between attempts, and has no jitter. */
  private LlmClient client(LlmSettings settings) {
    return new LlmClient(
        settings,
        events,
        timing -> new CallTiming(timing.clock(), timing.nanoTime(), () -> 0, pauses::add));
  }

  private static LlmSettings settings(String baseUrl) {
    return LlmSettings.of(baseUrl, Optional.of(KEY), LlmSettings.DEFAULT_MODEL);
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  /** A thread that calls and keeps how that ended. */
  private static final class CallThread {

    private final CompletableFuture<LlmException> failure = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean wasInterruptedAfterwards;

    CallThread(LlmClient client) {
      thread = new Thread(() -> call(client), "caller");
      thread.start();
    }

    private void call(LlmClient client) {
      LlmException e =
          catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty()));
      wasInterruptedAfterwards = Thread.currentThread().isInterrupted();
      failure.complete(e);
    }

    void interrupt() {
      thread.interrupt();
    }

    LlmException failure() throws Exception {
      return failure.get(30, TimeUnit.SECONDS);
    }
  }

  /** A server that reads and never answers. */
  private static final class SilentServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Boolean> request = new CompletableFuture<>();
    private final CompletableFuture<Boolean> cut = new CompletableFuture<>();

    SilentServer() throws IOException {
      new Thread(this::serve, "silent-server").start();
    }

    String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    void awaitRequest() throws Exception {
      assertThat(request.get(30, TimeUnit.SECONDS)).isTrue();
    }

    void awaitCut() throws Exception {
      assertThat(cut.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private void serve() {
      try (Socket connection = socket.accept()) {
        byte[] bytes = new byte[8_192];
        while (connection.getInputStream().read(bytes) >= 0) {
          request.complete(true);
        }
        cut.complete(true);
      } catch (IOException e) {
        cut.complete(true);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallStarted;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of somebody else's that talks to an OpenAI-compatible endpoint. */
@Timeout(60)
class AccountingInterceptorTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String REQUEST =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String ANSWER =
      "{\"model\":\"gpt-4o\",\"choices\":[{\"message\":{\"content\":\"Hi.\"}}],"
          + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2}}";
  private static final String STREAM =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi.\"}}]}\n\n";

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();
  private final OkHttpClient client = clientThatLogsTo(events, () -> Optional.of(new EventId(41)));

  @AfterEach
  void closeConnections() {
    client.connectionPool().evictAll();
  }

  @Test
  void logsACallAndLeavesRequestAndAnswerAsTheyAre() throws Exception {
    enqueue(200, "application/json", ANSWER);
    assertThat(post(CHAT, REQUEST)).isEqualTo(ANSWER);
    assertThat(server.takeRequest().getBody().utf8()).isEqualTo(REQUEST);
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
    assertThat(events.only(LlmCallStarted.class).parentEventId()).contains(41L);
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.inputTokens()).contains(8L);
    assertThat(completed.estimateErrorTokens()).contains(0L);
    assertThat(completed.costUsd()).isPresent();
  }

  @Test
  void logsAStreamWhenItWasReadToItsEnd() throws Exception {
    enqueue(200, "text/event-stream", STREAM + "data: [DONE]\n\n");
    assertThat(post(CHAT, REQUEST)).isEqualTo(STREAM + "data: [DONE]\n\n");
    assertThat(events.only(LlmCallCompleted.class).timeToFirstTokenMs()).isPresent();
    assertThat(events.only(LlmCallCompleted.class).usageSource()).isEqualTo("missing");
  }

  @Test
  void logsAStreamThatTheClientClosedAsCancelledWithWhatHadArrived() throws Exception {
    String comment = ":" + " ".repeat(100_000) + "\n\n";
    enqueue(200, "text/event-stream", STREAM + comment + "data: [DONE]\n\n");
    try (Response response = client.newCall(request(CHAT, REQUEST)).execute()) {
      assertThat(response.body().source().readUtf8Line()).startsWith("data: ");
    }
    LlmCallFailed failed = events.only(LlmCallFailed.class);
    assertThat(failed.reason()).contains("cancelled");
    assertThat(failed.error()).contains("the client closed the answer before its end");
    assertThat(failed.receivedChars().orElseThrow()).isPositive();
    assertThat(failed.receivedTokens().orElseThrow()).isPositive();
  }

  @Test
  void logsACallThatTheClientCancelledWhileItReads() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .body(STREAM + " ".repeat(1 << 20))
            .throttleBody(STREAM.length(), 1, TimeUnit.SECONDS)
            .build());
    Call call = client.newCall(request(CHAT, REQUEST));
    try (Response response = call.execute()) {
      response.body().source().readUtf8Line();
      call.cancel();
      assertThatThrownBy(() -> response.body().source().readByteArray())
          .isInstanceOf(IOException.class);
    }
    LlmCallFailed failed = events.only(LlmCallFailed.class);
    assertThat(failed.reason()).contains("cancelled");
    assertThat(failed.receivedChars()).contains(3L);
  }

  @Test
  void logsAnAnswerThatWasReadButNotToTheEndOfItsBody() throws Exception {
    enqueue(200, "application/json", ANSWER + "\n".repeat(20_000));
    try (Response response = client.newCall(request(CHAT, REQUEST)).execute()) {
      assertThat(response.body().source().readUtf8Line()).isEqualTo(ANSWER);
    }
    assertThat(events.only(LlmCallCompleted.class).inputTokens()).contains(8L);
  }

  @Test
  void logsAStreamThatEndsTooEarly() throws Exception {
    enqueue(200, "text/event-stream", STREAM);
    post(CHAT, REQUEST);
    LlmCallFailed failed = events.only(LlmCallFailed.class);
    assertThat(failed.receivedChars()).contains(3L);
    assertThat(failed.error()).contains("broke off");
  }

  @Test
  void logsAStreamWhoseSecondChoiceWasCutOffAsBrokenOff() throws Exception {
    String cut = "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Hello \"}}]}\n\n";
    String finished =
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    enqueue(200, "text/event-stream", STREAM + cut + finished);
    post(CHAT, REQUEST);
    assertThat(events.only(LlmCallFailed.class).error()).contains("broke off");
  }

  @Test
  void logsWhatTheServerRefused() throws Exception {
    enqueue(429, "application/json", "{\"error\":{\"message\":\"slow down sk-abcdefgh\"}}");
    assertThat(post(CHAT, REQUEST)).contains("slow down");
    LlmCallFailed failed = events.only(LlmCallFailed.class);
    assertThat(failed.status()).contains(429);
    assertThat(failed.reason()).contains("rate_limited");
    assertThat(events.asText()).doesNotContain("sk-abcdefgh");
  }

  @Test
  void logsAConnectionThatBroke() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    assertThatThrownBy(() -> post(CHAT, REQUEST)).isInstanceOf(IOException.class);
    assertThat(events.only(LlmCallFailed.class).reason()).contains("connection");
  }

  @Test
  void logsACallThatFailsInTheClientItself() {
    OkHttpClient broken =
        client
            .newBuilder()
            .addInterceptor(
                chain -> {
                  throw new IllegalStateException("no such route");
                })
            .build();
    assertThatThrownBy(() -> broken.newCall(request(CHAT, REQUEST)).execute())
        .hasMessage("no such route");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
    assertThat(events.only(LlmCallFailed.class).error()).isEqualTo("no such route");
  }

  @Test
  void takesTheDeploymentOfAzureForTheModelWhereTheRequestNamesNone() throws Exception {
    enqueue(200, "application/json", ANSWER);
    String body = REQUEST.replace("\"model\":\"gpt-4o\",", "");
    post("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", body);
    assertThat(server.takeRequest().getBody().utf8()).isEqualTo(body);
    assertThat(events.only(LlmCallStarted.class).modelName()).isEqualTo("gpt-4o");
    assertThat(events.only(LlmCallCompleted.class).estimateErrorTokens()).contains(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm_call.started", "llm_call.completed"})
  void doesNotBreakACallThatCannotBeLogged(String refused) throws Exception {
    EventAppender failing =
        payload -> {
          if (payload.eventType().equals(refused)) {
            throw new IllegalStateException("the disk is full");
          }
          return events.append(payload);
        };
    OkHttpClient unlogged = clientThatLogsTo(failing, Optional::empty);
    enqueue(200, "application/json", ANSWER);
    try (Response response = unlogged.newCall(request(CHAT, REQUEST)).execute()) {
      assertThat(response.body().string()).isEqualTo(ANSWER);
    }
    unlogged.connectionPool().evictAll();
  }

  @Test
  void doesNotBreakACallWhoseScopeIsNotKnown() throws Exception {
    OkHttpClient unscoped =
        clientThatLogsTo(
            events,
            () -> {
              throw new IllegalStateException("no scope");
            });
    enqueue(200, "application/json", ANSWER);
    try (Response response = unscoped.newCall(request(CHAT, REQUEST)).execute()) {
      assertThat(response.body().string()).isEqualTo(ANSWER);
    }
    assertThat(events.types()).isEmpty();
    unscoped.connectionPool().evictAll();
  }

  @Test
  void letsOtherRequestsPass() throws Exception {
    enqueue(200, "application/json", "{}");
    enqueue(200, "application/json", "{}");
    assertThat(post("/v1/files", REQUEST)).isEqualTo("{}");
    assertThat(post(CHAT, "no JSON")).isEqualTo("{}");
    assertThat(events.types()).isEmpty();
  }

  private static OkHttpClient clientThatLogsTo(
      EventAppender events, Supplier<Optional<EventId>> parentEvent) {
    return new OkHttpClient.Builder()
        .retryOnConnectionFailure(false)
        .addInterceptor(new AccountingInterceptor(events, Accounting.ofDefaults(), parentEvent))
        .build();
  }

  private String post(String path, String body) throws IOException {
    try (Response response = client.newCall(request(path, body)).execute()) {
      return response.body().string();
    }
  }

  private Request request(String path, String body) {
    return new Request.Builder()
        .url(server.url(path))
        .header("Authorization", "Bearer key-of-the-test")
        .post(RequestBody.create(body, MediaType.get("application/json")))
        .build();
  }

  private void enqueue(int status, String type, String body) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("content-type", type).body(body).build());
  }
}

package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallStarted;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is sent, returned and logged of a call. */
@Timeout(60)
class LlmClientTest {

  private static final String KEY = "secret-key-of-the-test-1234";

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  @Test
  void sendsTheRequestAndReturnsTheAnswer() throws Exception {
    loopback.enqueue(200, LoopbackServer.HI);
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
        new MockResponse.Builder()
            .addHeader("x-request-id", "req_7")
            .body(LoopbackServer.HI)
            .build());
    try (LlmClient client = loopback.client(settings())) {
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
    loopback.enqueue(200, "{\"choices\":[{\"message\":{\"content\":\"Hi.\"}}]}");
    assertThat(chat(HELLO).model()).isEqualTo("gpt-4o-mini");
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.usageSource()).isEqualTo("missing");
    assertThat(completed.inputTokens()).isEmpty();
    assertThat(completed.outputTokens()).isEmpty();
  }

  @Test
  void fillsInTheDefaultModelAndPassesUnknownFieldsOn() throws Exception {
    loopback.enqueue(200, LoopbackServer.HI);
    chat(ChatRequest.ofJson("{\"messages\":[],\"new_field\":{\"deep\":[1]}}"));
    assertThat(Json.readObject(body(server.takeRequest())))
        .isEqualTo(
            Json.readObject(
                "{\"messages\":[],\"new_field\":{\"deep\":[1]},\"model\":\"gpt-5-mini\"}"));
  }

  @Test
  void sendsHalfASurrogatePairAsAReplacement() throws Exception {
    loopback.enqueue(200, LoopbackServer.HI);
    chat(ChatRequest.ofPrompt("gpt-4o", "cut \uD83D"));
    assertThat(body(server.takeRequest())).contains("cut \uFFFD");
  }

  @Test
  void callsEvenWhenTheContextCannotBeCounted() {
    loopback.enqueue(200, LoopbackServer.HI);
    StringBuilder deep = new StringBuilder("{\"model\":\"gpt-4o\",\"messages\":[],\"tools\":[");
    deep.append("{\"type\":\"function\",\"function\":{\"parameters\":");
    deep.append("{\"properties\":{\"a\":".repeat(450)).append("{}").append("}}".repeat(450));
    chat(ChatRequest.ofJson(deep.append("}}]}").toString()));
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
  }

  @Test
  void countsWhileTheRequestIsOnItsWay() {
    loopback.enqueue(200, LoopbackServer.HI);
    List<RecordedRequest> receivedBefore = new CopyOnWriteArrayList<>();
    EventAppender slow =
        payload -> {
          if (payload instanceof LlmCallStarted) {
            receivedBefore.add(received());
          }
          return events.append(payload);
        };
    try (LlmClient client = new LlmClient(settings(), slow)) {
      client.chat(HELLO, Optional.empty());
    }
    assertThat(receivedBefore).hasSize(1);
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
  }

  @Test
  void passesOnThatACallCannotBeLogged() {
    loopback.enqueue(200, LoopbackServer.HI);
    IllegalStateException full = new IllegalStateException("the disk is full");
    EventAppender broken =
        payload -> {
          throw full;
        };
    try (LlmClient client = new LlmClient(settings(), broken)) {
      assertThatThrownBy(() -> client.chat(HELLO, Optional.empty())).isSameAs(full);
    }
  }

  private RecordedRequest received() {
    try {
      return Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ChatResponse chat(ChatRequest request) {
    try (LlmClient client = loopback.client(settings())) {
      return client.chat(request, Optional.empty());
    }
  }

  private LlmSettings settings() {
    return LlmSettings.of(loopback.url(), Optional.of(KEY), LlmSettings.DEFAULT_MODEL);
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }
}

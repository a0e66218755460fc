package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runlog.events.json.Json;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LlmStreamTest {

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");
  private static final String FIRST =
      chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi \"}}");
  private static final String LAST =
      chunk("{\"index\":0,\"delta\":{\"content\":\"there.\"},\"finish_reason\":\"stop\"}");
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":3}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  @Test
  void tellsEachDeltaAndReturnsTheWholeAnswer() throws Exception {
    enqueue(": hello\n\n" + FIRST + LAST + USAGE + DONE);
    List<String> texts = new ArrayList<>();
    try (LlmClient client = client()) {
      ChatResponse response =
          client.streamChat(HELLO, Optional.empty(), delta -> texts.add(delta.text()));
      assertThat(response.text()).isEqualTo("Hi there.");
      assertThat(response.finishReason()).contains("stop");
      assertThat(response.usage().inputTokens()).contains(8L);
    }
    assertThat(texts).containsExactly("Hi ", "there.", "");
    assertThat(Json.readObject(server.takeRequest().getBody().utf8()).toString())
        .contains("\"stream\":true", "\"stream_options\":{\"include_usage\":true}");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
    assertThat(events.only(LlmCallStarted.class).stream()).isTrue();
    LlmCallCompleted completed = events.only(LlmCallCompleted.class);
    assertThat(completed.timeToFirstTokenMs()).isPresent();
    assertThat(completed.timeToFirstTokenMs().get()).isLessThanOrEqualTo(completed.latencyMs());
    assertThat(completed.inputTokens()).contains(8L);
    assertThat(completed.estimateErrorTokens()).contains(0L);
  }

  @Test
  void streamsAChatThatAsksForItAndReturnsItWhole() {
    enqueue(FIRST + LAST + DONE);
    try (LlmClient client = client()) {
      ChatRequest request =
          ChatRequest.ofJson("{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}");
      assertThat(client.chat(request, Optional.empty()).text()).isEqualTo("Hi there.");
    }
    assertThat(events.only(LlmCallCompleted.class).usageSource()).isEqualTo("missing");
  }

  @Test
  void leavesTheRequestsOwnStreamOptionsAlone() throws Exception {
    enqueue(FIRST + LAST + DONE);
    try (LlmClient client = client()) {
      client.chat(
          ChatRequest.ofJson(
              "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[],\"stream_options\":{\"include_usage\":false}}"),
          Optional.empty());
    }
    assertThat(server.takeRequest().getBody().utf8()).contains("{\"include_usage\":false}");
  }

  @Test
  void dropsTheOptionThatAServerRefusesAndRemembersIt() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(400)
            .body("{\"error\":{\"message\":\"Unrecognized request argument: stream_options\"}}")
            .build());
    enqueue(FIRST + LAST + DONE);
    enqueue(FIRST + LAST + DONE);
    try (LlmClient client = client()) {
      client.streamChat(HELLO, Optional.empty(), delta -> {});
      client.streamChat(HELLO, Optional.empty(), delta -> {});
    }
    assertThat(server.takeRequest().getBody().utf8()).contains("stream_options");
    assertThat(server.takeRequest().getBody().utf8()).doesNotContain("stream_options");
    assertThat(server.takeRequest().getBody().utf8()).doesNotContain("stream_options");
    assertThat(events.types())
        .containsExactly(
            "llm_call.started",
            "llm_call.retried",
            "llm_call.completed",
            "llm_call.started",
            "llm_call.completed");
  }

  @Test
  void takesAnAnswerThatIsNoStreamForWhatItIs() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "application/json")
            .body("{\"choices\":[{\"message\":{\"content\":\"Hi.\"}}]}")
            .build());
    List<String> texts = new ArrayList<>();
    try (LlmClient client = client()) {
      client.streamChat(HELLO, Optional.empty(), delta -> texts.add(delta.text()));
    }
    assertThat(texts).containsExactly("Hi.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n",
        "event: error\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n",
        "data: {\"choices\":[{\"ind\n\n",
        "",
        "data: [DONE]\n\n",
        ": only comments\n\n",
        "<html>gateway</html>",
        "{\"error\":{\"message\":\"overloaded\"}}",
      })
  void failsOnAStreamThatHoldsNoAnswer(String body) {
    enqueue(body);
    LlmException failure = fail(CallTimeouts.DEFAULT);
    assertThat(failure.kind()).isIn(FailureKind.INVALID_ANSWER, FailureKind.CONNECTION);
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @Test
  void tellsWhatHadArrivedWhenAStreamBreaksOff() {
    enqueue(FIRST);
    LlmException failure = fail(CallTimeouts.DEFAULT);
    assertThat(failure).hasMessageContaining("the stream broke off before the answer was complete");
    LlmCallFailed failed = events.only(LlmCallFailed.class);
    assertThat(failed.reason()).contains("connection");
    assertThat(failed.receivedChars()).contains(3L);
    assertThat(failed.receivedTokens()).contains(2L);
    assertThat(events.asText()).doesNotContain("Hi ");
  }

  @Test
  void doesNotTakeAnAnswerForCompleteWhoseSecondChoiceWasCutOff() {
    enqueue(chunk("{\"index\":1,\"delta\":{\"content\":\"Hello \"}}") + FIRST + LAST);
    assertThat(fail(CallTimeouts.DEFAULT)).hasMessageContaining("the stream broke off");
    assertThat(events.only(LlmCallFailed.class).receivedChars()).contains(15L);
  }

  @Test
  void logsTheProvidersErrorAlsoWhenTheConnectionBreaksBehindIt() {
    stall(
        "data: {\"type\":\"response.failed\",\"response\":{\"id\":\"r1\",\"status\":\"failed\","
            + "\"error\":{\"code\":\"server_error\",\"message\":\"the model is overloaded\"}}}\n\n");
    try (LlmClient client = client(CallTimeouts.DEFAULT.withBetweenBytes(Duration.ofMillis(200)))) {
      assertThatThrownBy(
              () ->
                  client.streamResponse(
                      ResponsesRequest.ofPrompt("gpt-4o", "hello"), Optional.empty(), delta -> {}))
          .hasMessageContaining("the model is overloaded");
    }
    assertThat(events.only(LlmCallFailed.class).error()).contains("the model is overloaded");
  }

  @Test
  void tellsWhatHadArrivedWhenTheConnectionIsReset() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .chunkedBody(FIRST + FIRST.repeat(200) + LAST, 64)
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    assertThat(fail(CallTimeouts.DEFAULT).kind()).isEqualTo(FailureKind.CONNECTION);
    assertThat(events.types()).endsWith("llm_call.failed");
  }

  @Test
  void keepsAnAnswerThatWasCompleteWhenTheServerFellSilent() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .body(FIRST + LAST)
            .onResponseEnd(SocketEffect.Stall.INSTANCE)
            .build());
    try (LlmClient client = client()) {
      assertThat(client.streamChat(HELLO, Optional.empty(), delta -> {}).text())
          .isEqualTo("Hi there.");
    }
  }

  @Test
  void cutsTheConnectionWhenTheStreamIsClosed() {
    enqueue(FIRST + LAST + USAGE + DONE);
    try (LlmClient client = client()) {
      try (LlmStream<ChatResponse> stream = client.streamChat(HELLO, Optional.empty())) {
        assertThat(stream.next().text()).isEqualTo("Hi ");
      }
      LlmCallFailed failed = events.only(LlmCallFailed.class);
      assertThat(failed.reason()).contains("cancelled");
      assertThat(failed.error()).contains("cancelled, the stream was closed");
      assertThat(failed.receivedChars()).contains(3L);
    }
  }

  @Test
  void usesTheConnectionOfAStreamAgain() throws Exception {
    enqueue(FIRST + LAST + DONE);
    enqueue(FIRST + LAST + DONE);
    try (LlmClient client = client()) {
      client.streamChat(HELLO, Optional.empty(), delta -> {});
      client.streamChat(HELLO, Optional.empty(), delta -> {});
    }
    server.takeRequest();
    assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(1);
  }

  @Test
  void cancelsWhenTheListenerThrows() {
    enqueue(FIRST + LAST + DONE);
    try (LlmClient client = client()) {
      assertThatThrownBy(
              () ->
                  client.streamChat(
                      HELLO,
                      Optional.empty(),
                      delta -> {
                        throw new IllegalStateException("no more");
                      }))
          .hasMessage("no more");
    }
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @Test
  void wakesAThreadThatWaitsWhenAnotherClosesTheStream() throws Exception {
    stall(FIRST);
    try (LlmClient client = client()) {
      LlmStream<ChatResponse> stream = client.streamChat(HELLO, Optional.empty());
      stream.next();
      CompletableFuture<LlmException> waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(LlmException.class, stream::hasNext));
      stream.close();
      assertThat(waiting.get(30, TimeUnit.SECONDS).kind()).isEqualTo(FailureKind.CANCELLED);
      assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
    }
  }

  @Test
  void closingTheClientEndsStreamsThatNobodyReads() {
    stall(FIRST);
    LlmClient client = client();
    LlmStream<ChatResponse> stream = client.streamChat(HELLO, Optional.empty());
    client.close();
    assertThat(events.only(LlmCallFailed.class).error()).contains("the client was closed");
    assertThat(catchThrowableOfType(LlmException.class, stream::response).kind())
        .isEqualTo(FailureKind.CANCELLED);
  }

  @Test
  void endsAStreamThatFallsSilent() {
    stall(FIRST);
    LlmException failure = fail(CallTimeouts.DEFAULT.withBetweenBytes(Duration.ofMillis(200)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("nothing more of the answer for 200 ms");
  }

  @Test
  void endsAStreamThatTakesTooLong() {
    stall(FIRST);
    LlmException failure = fail(CallTimeouts.DEFAULT.withTotal(Duration.ofMillis(400)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("no complete answer within");
  }

  @Test
  void readsAStreamThatComesByteByByte() {
    enqueueByteByByte(1);
    List<String> texts = new ArrayList<>();
    try (LlmClient client = client()) {
      ChatResponse response =
          client.streamChat(HELLO, Optional.empty(), delta -> texts.add(delta.text()));
      assertThat(response.text()).isEqualTo("Hi there.");
      assertThat(response.usage().inputTokens()).contains(8L);
    }
    assertThat(texts).containsExactly("Hi ", "there.", "");
  }

  @Test
  void endsAStreamThatComesByteByByteForTooLong() {
    enqueueByteByByte(5);
    LlmException failure = fail(CallTimeouts.DEFAULT.withTotal(Duration.ofMillis(400)));
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("within 400 ms");
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
  }

  @Test
  void readsAnEndlessStreamOnlyUpToItsBound() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .body("data: " + "x".repeat(70 << 20))
            .build());
    assertThat(fail(CallTimeouts.DEFAULT)).hasMessageContaining("longer than");
  }

  @Test
  void readsResponsesAndTheirDeltas() {
    enqueue(
        """
        event: response.created
        data: {"type":"response.created","response":{"id":"r1","status":"in_progress","output":[]}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"Hi."}

        event: response.completed
        data: {"type":"response.completed","response":{"id":"r1","model":"gpt-5-nano","status":"completed","error":null,"output":[{"type":"message","content":[{"type":"output_text","text":"Hi."}]}],"usage":{"input_tokens":7,"output_tokens":2}}}

        """);
    List<String> texts = new ArrayList<>();
    try (LlmClient client = client()) {
      ResponsesResponse response =
          client.streamResponse(
              ResponsesRequest.ofPrompt("gpt-5-nano", "hello"),
              Optional.empty(),
              delta -> texts.add(delta.text()));
      assertThat(response.text()).isEqualTo("Hi.");
      assertThat(response.finishReason()).contains("completed");
    }
    assertThat(texts).containsExactly("", "Hi.", "");
    assertThat(events.only(LlmCallStarted.class).endpoint()).isEqualTo("/responses");
    assertThat(events.only(LlmCallCompleted.class).outputTokens()).contains(2L);
  }

  private LlmException fail(CallTimeouts timeouts) {
    try (LlmClient client = client(timeouts)) {
      return catchThrowableOfType(
          LlmException.class, () -> client.streamChat(HELLO, Optional.empty(), delta -> {}));
    }
  }

  private void enqueue(String body) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .body(body)
            .build());
  }

  private void enqueueByteByByte(long millisBetween) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .body(FIRST + LAST + USAGE + DONE)
            .throttleBody(1, millisBetween, TimeUnit.MILLISECONDS)
            .build());
  }

  /** Sends a beginning and then nothing, with the connection open. */
  private void stall(String beginning) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("content-type", "text/event-stream")
            .addHeader("content-length", 1_000_000)
            .body(beginning)
            .setHeader("content-length", 1_000_000)
            .onResponseEnd(SocketEffect.Stall.INSTANCE)
            .build());
  }

  private LlmClient client() {
    return client(CallTimeouts.DEFAULT);
  }

  private LlmClient client(CallTimeouts timeouts) {
    return loopback.client(
        loopback.settings("gpt-4o-mini").withTimeouts(timeouts).withMaxRetries(0));
  }

  private static String chunk(String choice) {
    return "data: {\"id\":\"c1\",\"model\":\"gpt-4o-mini\",\"choices\":[" + choice + "]}\n\n";
  }
}

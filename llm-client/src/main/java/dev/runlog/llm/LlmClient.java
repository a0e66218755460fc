package dev.runlog.llm;

import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.llm.openai.OpenAiTransport;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.retry.RetryPolicy;
import dev.runlog.llm.tokens.ContextCounter;
import dev.runlog.llm.tokens.Encodings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Calls models and logs each call: {@code llm_call.started} with what fills the context before
 * anything is sent, {@code llm_call.retried} for each request that is sent again, and exactly one
 * {@code llm_call.completed} or {@code llm_call.failed}.
 *
 * <p>Thread-safe; one client serves a process. Whoever creates it closes it, before the event log:
 * {@link #close()} cuts the calls under way and waits until they have logged their end. OkHttp's
 * own idle threads are shared by the process and end by themselves within a minute.
 */
public final class LlmClient implements AutoCloseable {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final LlmSettings settings;
  private final OpenAiTransport transport;
  private final CallsUnderWay calls = new CallsUnderWay();
  private final ChatCalls chatCalls;

  /**
   * Opens no connection yet; the encoding of current models starts to load in the background.
   *
   * @param events where calls are logged; stays open when the client is closed
   */
  public LlmClient(LlmSettings settings, EventAppender events) {
    this(settings, events, UnaryOperator.identity());
  }

  /**
   * @param timing what tests change of the time
   */
  LlmClient(LlmSettings settings, EventAppender events, UnaryOperator<CallTiming> timing) {
    Encodings.preload();
    this.settings = settings;
    this.transport =
        new OpenAiTransport(settings.baseUrl(), settings.apiKey(), settings.connectTimeout());
    this.chatCalls =
        new ChatCalls(
            transport,
            events,
            new ContextCounter(),
            new RetryPolicy(settings.maxRetries()),
            new Redactor(settings.apiKey()),
            settings.totalTimeout(),
            timing.apply(systemTiming()),
            calls::isClosed);
  }

  /**
   * Sends a request and waits for the answer. An interrupt cuts the connection at once, is logged
   * as {@code llm_call.failed} and leaves the thread's flag set.
   *
   * @param parentEvent the event in whose scope the call runs, such as a {@code task.claimed}
   * @throws LlmException when there is no answer; nothing is logged when the request was refused
   *     before it was sent: a stream, a closed client, an interrupted thread
   * @throws RuntimeException of the event log, when the call cannot be logged
   */
  public ChatResponse chat(ChatRequest request, Optional<EventId> parentEvent) {
    ChatRequest complete = request.withDefaultModel(settings.defaultModel());
    refuseUnsendable(complete);
    if (!calls.begin()) {
      throw refused(FailureKind.CANCELLED, "the client is closed");
    }
    try {
      return chatCalls.run(complete, parentEvent);
    } finally {
      calls.end();
    }
  }

  @Override
  public void close() {
    calls.close();
    transport.close();
    try {
      calls.awaitEnd(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "LlmClient[" + settings + "]";
  }

  private static void refuseUnsendable(ChatRequest request) {
    if (request.isStream()) {
      throw refused(
          FailureKind.INVALID_REQUEST, "streams are not supported yet; leave out \"stream\": true");
    }
    if (!request.json().path("model").isTextual()) {
      throw refused(FailureKind.INVALID_REQUEST, "the model must be a string");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw refused(FailureKind.CANCELLED, "the thread is interrupted");
    }
  }

  private static LlmException refused(FailureKind kind, String reason) {
    return new LlmException(
        kind, "call not sent: " + reason, Optional.empty(), Optional.empty(), null);
  }

  private CallTiming systemTiming() {
    return new CallTiming(
        Clock.systemUTC(),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble(),
        calls::pause);
  }
}

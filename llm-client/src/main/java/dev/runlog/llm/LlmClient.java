package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.llm.openai.OpenAiTransport;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.retry.RetryPolicy;
import dev.runlog.llm.tokens.ContextCounter;
import dev.runlog.llm.tokens.Encodings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Calls models and logs each call: {@code llm_call.started} with what fills the context, counted
 * while the request is on its way and logged before its answer is looked at, {@code
 * llm_call.retried} for each request that is sent again, and exactly one {@code llm_call.completed}
 * or {@code llm_call.failed}. A count never delays a call: one whose answer comes before the
 * encoding of its model has been loaded goes without; {@link #awaitCounting} avoids that.
 *
 * <p>Thread-safe; one client serves a process. Whoever creates it closes it, before the event log:
 * {@link #close()} cuts the calls under way, waits until they have logged their end, and leaves no
 * thread behind.
 *
 * <p>Each call takes the event in whose scope it runs, such as a {@code task.claimed}. It throws an
 * {@link LlmException} when there is no answer; nothing is logged when the request was refused
 * before it was sent, by a closed client or for an interrupted thread. An interrupt during the call
 * cuts the connection at once, is logged as {@code llm_call.failed} and leaves the thread's flag
 * set. A {@link RuntimeException} of the event log passes through when the call cannot be logged.
 */
public final class LlmClient implements AutoCloseable {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final LlmSettings settings;
  private final OpenAiTransport transport;
  private final CallsUnderWay underWay = new CallsUnderWay();
  private final Set<LlmStream<?>> streams = ConcurrentHashMap.newKeySet();
  private final ModelCalls calls;

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
    this.transport = new OpenAiTransport(settings.server(), settings.timeouts().connect());
    this.calls =
        new ModelCalls(
            ledger(settings, events, timing.apply(systemTiming())),
            transport,
            new RetryPolicy(settings.maxRetries()),
            settings.patience(),
            underWay::isClosed,
            new AtomicBoolean());
  }

  /** Sends a chat and waits for the whole answer, also where the request asks for a stream. */
  public ChatResponse chat(ChatRequest request, Optional<EventId> parentEvent) {
    return call(Api.CHAT, request, parentEvent);
  }

  /**
   * Sends a chat and waits until its answer begins to arrive. Usage is asked for unless the request
   * says otherwise in its {@code stream_options}.
   *
   * @return the answer while it arrives; whoever asked for it closes it
   */
  public LlmStream<ChatResponse> streamChat(ChatRequest request, Optional<EventId> parentEvent) {
    return stream(Api.CHAT, request, parentEvent);
  }

  /**
   * The same with a listener, which is told of each delta on the calling thread; what it throws
   * cancels the call.
   */
  public ChatResponse streamChat(
      ChatRequest request, Optional<EventId> parentEvent, Consumer<StreamDelta> listener) {
    return read(streamChat(request, parentEvent), listener);
  }

  /** Sends a request of the Responses API and waits for the whole answer. */
  public ResponsesResponse respond(ResponsesRequest request, Optional<EventId> parentEvent) {
    return call(Api.RESPONSES, request, parentEvent);
  }

  /**
   * Sends a request of the Responses API and waits until its answer begins to arrive.
   *
   * @return the answer while it arrives; whoever asked for it closes it
   */
  public LlmStream<ResponsesResponse> streamResponse(
      ResponsesRequest request, Optional<EventId> parentEvent) {
    return stream(Api.RESPONSES, request, parentEvent);
  }

  /** The same with a listener, as for chats. */
  public ResponsesResponse streamResponse(
      ResponsesRequest request, Optional<EventId> parentEvent, Consumer<StreamDelta> listener) {
    return read(streamResponse(request, parentEvent), listener);
  }

  /** Asks for the embeddings of texts. */
  public EmbeddingResponse embed(EmbeddingRequest request, Optional<EventId> parentEvent) {
    return call(Api.EMBEDDINGS, request, parentEvent);
  }

  /**
   * The names of the models that the server offers, in its order. Not a model call: logs nothing.
   *
   * @throws LlmException when there is no answer
   */
  public List<String> models() {
    return during(() -> new ModelList(calls).names());
  }

  /**
   * Waits until contexts of the default model can be counted, which takes about a second after the
   * start of a process.
   *
   * @return whether they can
   */
  public boolean awaitCounting(Duration patience) throws InterruptedException {
    try {
      calls
          .ledger()
          .counter()
          .ready(settings.defaultModel())
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      // Calls go without a count then, each with the reason.
      return false;
    }
  }

  @Override
  public void close() {
    underWay.close();
    streams.forEach(stream -> stream.cancel("the client was closed"));
    transport.close();
    try {
      underWay.awaitEnd(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "LlmClient[" + settings + "]";
  }

  private static Ledger ledger(LlmSettings settings, EventAppender events, CallTiming timing) {
    Accounting accounting = settings.accounting();
    return new Ledger(
        events,
        new ContextCounter(accounting.prices()),
        new Redactor(settings.apiKey(), accounting.secrets()),
        timing,
        accounting.prices(),
        new CapturedContents(accounting, settings.apiKey()),
        new DriftDetector());
  }

  private <A extends ModelAnswer> A call(
      Api<A> api, ModelRequest request, Optional<EventId> parentEvent) {
    if (request.isStream() && api.stream().isPresent()) {
      return read(stream(api, request, parentEvent), delta -> {});
    }
    ObjectNode body = Outgoing.body(request, settings.defaultModel());
    return during(
        () -> {
          CallLog log = CallLog.start(calls.ledger(), api, body, parentEvent);
          return log.closing(() -> new ModelCall<>(calls, api, body, log).answer());
        });
  }

  private <A extends ModelAnswer> LlmStream<A> stream(
      Api<A> api, ModelRequest request, Optional<EventId> parentEvent) {
    ObjectNode body = Outgoing.body(request, settings.defaultModel()).put("stream", true);
    begin();
    boolean open = false;
    try {
      CallLog log = CallLog.start(calls.ledger(), api, body, parentEvent);
      LlmStream<A> stream =
          log.failing(() -> new ModelCall<>(calls, api, body, log).open(this::forgetEnded));
      streams.add(stream);
      open = true;
      return stream;
    } finally {
      if (!open) {
        underWay.end();
      }
    }
  }

  private void forgetEnded() {
    streams.removeIf(LlmStream::isEnded);
    underWay.end();
  }

  private static <A extends ModelAnswer> A read(
      LlmStream<A> stream, Consumer<StreamDelta> listener) {
    try (stream) {
      stream.forEachRemaining(listener);
      return stream.response();
    }
  }

  private <T> T during(Supplier<T> call) {
    begin();
    try {
      return call.get();
    } finally {
      underWay.end();
    }
  }

  private void begin() {
    if (!underWay.begin()) {
      throw Outgoing.refused(FailureKind.CANCELLED, "the client is closed");
    }
  }

  private CallTiming systemTiming() {
    return new CallTiming(
        Clock.systemUTC(),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble(),
        underWay::pause);
  }
}

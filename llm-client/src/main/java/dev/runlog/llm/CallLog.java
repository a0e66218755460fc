package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallRetried;
import dev.runlog.llm.openai.Abbreviated;
import dev.runlog.llm.openai.Redactor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The events of one call, from its start to exactly one end. The start is counted and logged on a
 * thread of its own while the request is on its way; whatever follows waits for it, so that the
 * events of a call are in their order. Not thread-safe.
 */
final class CallLog {

  private static final int MESSAGE_CHARS = 10_000;

  private final Ledger ledger;
  private final EventAppender events;
  private final Redactor redactor;
  private final LongSupplier nanoTime;
  private final String model;
  private final long startedNanos;
  private final CallStart start;
  private int attempts;

  private CallLog(Ledger ledger, String model, CallStart start) {
    this.ledger = ledger;
    this.events = ledger.events();
    this.redactor = ledger.redactor();
    this.nanoTime = ledger.timing().nanoTime();
    this.model = model;
    this.startedNanos = nanoTime.getAsLong();
    this.start = start;
  }

  /**
   * Prepares to log that a call is sent, with what fills its context. That begins with {@link
   * #requestUnderWay}, and by itself when the call goes on.
   */
  static CallLog start(
      Ledger ledger, Api<?> api, ObjectNode request, Optional<EventId> parentEvent) {
    String model = request.path("model").asText();
    // A copy: the caller may still change how the request asks for its stream.
    CallStart start =
        new CallStart(
            ledger,
            api,
            request.deepCopy(),
            parentEvent,
            () -> ledger.counter().ready(model),
            CallLog::countingThread);
    return new CallLog(ledger, model, start);
  }

  private static Thread countingThread(Runnable counting) {
    Thread thread = new Thread(counting, "runlog-llm-count");
    thread.setDaemon(true);
    return thread;
  }

  /** The request was handed over to be sent; what is left to do here does not delay it. */
  void requestUnderWay() {
    start.logInBackground();
  }

  /** The time has come to count: sending does not need the processor any more. */
  void requestSent() {
    start.requestSent();
  }

  /**
   * Waits until the start is logged, now that the answer has begun or there will be none.
   *
   * @throws RuntimeException of the event log when it cannot be logged
   */
  void answerBegan() {
    start.await();
  }

  /** Runs the rest of the call and logs its end, whatever that is. */
  <A extends ModelAnswer> A closing(Supplier<A> call) {
    A answer = failing(call);
    completed(answer, Optional.empty());
    return answer;
  }

  /** Runs a part of the call, and logs the end of the call where that part fails. */
  <T> T failing(Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException | Error e) {
      failed(e, Optional.empty());
      throw e;
    }
  }

  /** Counts a request; the first has number 1. */
  int nextAttempt() {
    attempts++;
    return attempts;
  }

  void retried(LlmException failure, Duration delay) {
    append(
        events,
        new LlmCallRetried(
            start.await().id().value(),
            attempts,
            failure.status(),
            delay.toMillis(),
            message(failure)));
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startedNanos);
  }

  void completed(ModelAnswer answer, Optional<Duration> timeToFirstToken) {
    TokenUsage usage = answer.usage();
    Optional<ContextBreakdown> context = start.await().context();
    Optional<Long> estimate = context.map(ContextBreakdown::totalTokens);
    append(
        events,
        new LlmCallCompleted(
            start.await().id().value(),
            name(answer.model()),
            elapsed().toMillis(),
            usage.inputTokens(),
            usage.outputTokens(),
            usage.cachedInputTokens(),
            usage.reasoningTokens(),
            usage.cacheWriteTokens(),
            timeToFirstToken.map(Duration::toMillis),
            attempts,
            answer.finishReason().map(this::name),
            estimate,
            estimate.flatMap(tokens -> usage.inputTokens().map(reported -> tokens - reported)),
            context.map(ContextBreakdown::exactness),
            serviceTier(answer).map(this::name),
            cost(answer),
            answer.requestId().map(this::name),
            usage.isReported() ? "reported" : "missing",
            ledger.contents().kept(answer.json())));
    noteDrift(name(answer.model()), usage);
  }

  private Optional<BigDecimal> cost(ModelAnswer answer) {
    Instant now = ledger.timing().clock().instant();
    return answer
        .usage()
        .billed(!(answer instanceof EmbeddingResponse))
        .flatMap(tokens -> ledger.prices().cost(answer.model(), tokens, serviceTier(answer), now));
  }

  private static Optional<String> serviceTier(ModelAnswer answer) {
    return Optional.of(answer.json().path("service_tier").asText(""))
        .filter(name -> !name.isEmpty());
  }

  /** Only counts that were called exact can drift. */
  private void noteDrift(String answeredModel, TokenUsage usage) {
    start
        .await()
        .context()
        .filter(counted -> counted.exactness().equals("exact"))
        .flatMap(
            counted ->
                usage
                    .inputTokens()
                    .flatMap(
                        tokens ->
                            ledger.drift().note(answeredModel, counted.totalTokens(), tokens)))
        .ifPresent(drifted -> append(events, drifted));
  }

  /**
   * @param received what had arrived of a streamed answer
   */
  void failed(Throwable failure, Optional<Received> received) {
    Optional<LlmException> known =
        failure instanceof LlmException llm ? Optional.of(llm) : Optional.empty();
    try {
      append(
          events,
          new LlmCallFailed(
              start.await().id().value(),
              Abbreviated.of(model),
              elapsed().toMillis(),
              attempts,
              message(failure),
              known.flatMap(LlmException::status),
              known.map(llm -> llm.kind().name().toLowerCase(Locale.ROOT)),
              received.map(Received::chars),
              received.flatMap(Received::tokens)));
    } catch (RuntimeException e) {
      // The caller needs the reason of the failed call more than that of the failed log.
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /** What a server or a library says may be of any length; an event must fit into the log. */
  private String message(Throwable failure) {
    return Abbreviated.of(redactor.redact(String.valueOf(failure.getMessage())), MESSAGE_CHARS);
  }

  private String name(String answered) {
    return Abbreviated.of(redactor.redact(answered));
  }

  /** An event of a call must be written also while its thread is being interrupted. */
  private static EventId append(EventAppender events, EventPayload payload) {
    boolean interrupted = Thread.interrupted();
    try {
      return events.append(payload);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

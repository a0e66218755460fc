package dev.runlog.llm;

import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallRetried;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.llm.openai.Redactor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The events of one call, from its start to exactly one end. Not thread-safe. */
final class CallLog {

  private final EventAppender events;
  private final Redactor redactor;
  private final LongSupplier nanoTime;
  private final String model;
  private final Optional<Long> estimatedInputTokens;
  private final long startedNanos;
  private final EventId started;
  private int attempts;

  private CallLog(
      ChatCalls calls, String model, Optional<ContextBreakdown> context, EventId started) {
    this.events = calls.events();
    this.redactor = calls.redactor();
    this.nanoTime = calls.timing().nanoTime();
    this.model = model;
    this.estimatedInputTokens = context.map(ContextBreakdown::totalTokens);
    this.startedNanos = nanoTime.getAsLong();
    this.started = started;
  }

  /** Logs that a call is about to be sent, with what fills its context. */
  static CallLog start(ChatCalls calls, ChatRequest request, Optional<EventId> parentEvent) {
    String model = request.model().orElseThrow();
    CountedContext context = CountedContext.of(calls.counter(), request);
    LlmCallStarted event =
        new LlmCallStarted(
            model,
            ChatCalls.ENDPOINT,
            false,
            parentEvent.map(EventId::value),
            context.breakdown(),
            context.error().map(calls.redactor()::redact));
    return new CallLog(calls, model, context.breakdown(), append(calls.events(), event));
  }

  /** Runs the rest of the call and logs its end, whatever that is. */
  ChatResponse closing(Supplier<ChatResponse> call) {
    ChatResponse response;
    try {
      response = call.get();
    } catch (LlmException e) {
      logFailed(e, e.status());
      throw e;
    } catch (RuntimeException | Error e) {
      logFailed(e, Optional.empty());
      throw e;
    }
    append(events, completed(response));
    return response;
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
            started.value(),
            attempts,
            failure.status(),
            delay.toMillis(),
            redactor.redact(String.valueOf(failure.getMessage()))));
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startedNanos);
  }

  private void logFailed(Throwable failure, Optional<Integer> status) {
    String error = redactor.redact(String.valueOf(failure.getMessage()));
    try {
      append(
          events,
          new LlmCallFailed(started.value(), model, elapsed().toMillis(), attempts, error, status));
    } catch (RuntimeException e) {
      // The caller needs the reason of the failed call more than that of the failed log.
      failure.addSuppressed(e);
    }
  }

  private LlmCallCompleted completed(ChatResponse response) {
    TokenUsage usage = response.usage();
    return new LlmCallCompleted(
        started.value(),
        redactor.redact(response.model()),
        elapsed().toMillis(),
        usage.inputTokens(),
        usage.outputTokens(),
        usage.cachedInputTokens(),
        usage.reasoningTokens(),
        Optional.empty(),
        attempts,
        response.finishReason().map(redactor::redact),
        estimatedInputTokens,
        Optional.empty(),
        response.requestId().map(redactor::redact),
        usage.isReported() ? "reported" : "missing");
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

package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.EventId;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.LlmCallStarted;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The start of one call: what fills its context, and its event. Counting must not delay a call, so
 * that it is done on a thread of its own, which ends with it, and does not wait for an encoding
 * that is still loading any longer than the call waits for its answer.
 */
final class CallStart {

  /**
   * What was logged.
   *
   * @param id of the event
   * @param context what fills the context, absent when it was not counted
   */
  record Logged(EventId id, Optional<ContextBreakdown> context) {}

  private final Ledger ledger;
  private final Api<?> api;
  private final ObjectNode request;
  private final Optional<EventId> parentEvent;
  private final CompletableFuture<?> ready;
  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private final CompletableFuture<Logged> logged = new CompletableFuture<>();

  /**
   * @param request which nobody changes any more
   * @param ready done when the request can be counted without waiting
   */
  CallStart(
      Ledger ledger,
      Api<?> api,
      ObjectNode request,
      Optional<EventId> parentEvent,
      CompletableFuture<?> ready) {
    this.ledger = ledger;
    this.api = api;
    this.request = request;
    this.parentEvent = parentEvent;
    this.ready = ready;
  }

  void logInBackground() {
    Thread thread = new Thread(this::logNow, "runlog-llm-count");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until it is logged, also in a thread that is interrupted meanwhile.
   *
   * @throws RuntimeException of the event log when it cannot be logged
   */
  Logged await() {
    answered.complete(null);
    try {
      return logged.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void logNow() {
    try {
      logged.complete(log());
    } catch (RuntimeException | Error e) {
      logged.completeExceptionally(e);
    }
  }

  private Logged log() {
    CountedContext context = count();
    LlmCallStarted event =
        new LlmCallStarted(
            request.path("model").asText(),
            api.path(),
            request.path("stream").asBoolean(false),
            parentEvent.map(EventId::value),
            context.breakdown(),
            context.error().map(ledger.redactor()::redact),
            ledger.contents().digests(request),
            ledger.contents().kept(request));
    return new Logged(ledger.events().append(event), context.breakdown());
  }

  private CountedContext count() {
    CompletableFuture.anyOf(ready.exceptionally(failure -> null), answered).join();
    return ready.isDone()
        ? CountedContext.of(api, ledger.counter(), request)
        : CountedContext.notYet();
  }
}

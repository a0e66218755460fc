package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.EventId;
import dev.runlog.events.payload.ContentDigest;
import dev.runlog.events.payload.ContextBreakdown;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.llm.openai.Abbreviated;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The start of one call: what fills its context, and its event. Counting must not delay a call, so
 * that it is done on a thread of its own, which ends with it. It begins when the request has been
 * sent, since on a busy machine it would take the processor from sending it, and does not wait for
 * an encoding that is still loading any longer than the call waits for its answer.
 */
final class CallStart {

  /**
   * What was logged.
   *
   * @param id of the event
   * @param context what fills the context, absent when it was not counted
   */
  record Logged(EventId id, Optional<ContextBreakdown> context) {}

  /** A request that cannot be sent in this time is logged all the same. */
  private static final long SEND_PATIENCE_MILLIS = 50;

  private final Ledger ledger;
  private final Api<?> api;
  private final ObjectNode request;
  private final Optional<EventId> parentEvent;
  private final Supplier<CompletableFuture<?>> ready;
  private final Thread thread;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch sent = new CountDownLatch(1);
  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private final CompletableFuture<Logged> logged = new CompletableFuture<>();

  /**
   * @param request which nobody changes any more
   * @param ready starts what it takes to count the request, and is done when that can be done
   *     without waiting
   * @param threads makes the thread that counts and logs
   */
  CallStart(
      Ledger ledger,
      Api<?> api,
      ObjectNode request,
      Optional<EventId> parentEvent,
      Supplier<CompletableFuture<?>> ready,
      ThreadFactory threads) {
    this.ledger = ledger;
    this.api = api;
    this.request = request;
    this.parentEvent = parentEvent;
    this.ready = ready;
    this.thread = threads.newThread(this::logOnceSent);
  }

  /** Begins, unless it has begun; soon after, it is logged whether the request was sent or not. */
  void logInBackground() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    try {
      thread.start();
    } catch (RuntimeException | OutOfMemoryError e) {
      logHere();
    }
  }

  /** A machine that has no thread to spare gets its events all the same, in the caller's time. */
  private void logHere() {
    answered.complete(null);
    logNow();
  }

  /** The request has left, or nobody here knows when it does. */
  void requestSent() {
    sent.countDown();
    logInBackground();
  }

  /**
   * Waits until it is logged, also in a thread that is interrupted meanwhile.
   *
   * @throws RuntimeException of the event log when it cannot be logged
   */
  Logged await() {
    requestSent();
    answered.complete(null);
    try {
      return logged.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      awaitEndOfThread();
    }
  }

  /** It has nothing left to do; but who closes a client is to find no thread of it afterwards. */
  private void awaitEndOfThread() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void logOnceSent() {
    try {
      var unused = sent.await(SEND_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody does, the start is logged at once.
      Thread.currentThread().interrupt();
    }
    logNow();
  }

  private void logNow() {
    try {
      logged.complete(log());
    } catch (RuntimeException | Error e) {
      logged.completeExceptionally(e);
    }
  }

  /** What does not depend on the count is ready when the answer comes before the encoding. */
  private Logged log() {
    CompletableFuture<?> countable = ready.get();
    List<ContentDigest> digests = ledger.contents().digests(request);
    Optional<JsonNode> kept = ledger.contents().kept(request);
    CountedContext context = count(countable);
    LlmCallStarted event =
        new LlmCallStarted(
            Abbreviated.of(request.path("model").asText()),
            api.path(),
            request.path("stream").asBoolean(false),
            parentEvent.map(EventId::value),
            context.breakdown(),
            context.error().map(ledger.redactor()::redact).map(Abbreviated::of),
            digests,
            kept);
    return new Logged(ledger.events().append(event), context.breakdown());
  }

  private CountedContext count(CompletableFuture<?> countable) {
    CompletableFuture.anyOf(countable.exceptionally(failure -> null), answered).join();
    return countable.isDone()
        ? CountedContext.of(api, ledger.counter(), request)
        : CountedContext.notYet();
  }
}

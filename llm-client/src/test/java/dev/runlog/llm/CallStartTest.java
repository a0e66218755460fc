package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.events.pricing.PriceTable;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.tokens.ContextCounter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallStartTest {

  private final RecordedEvents events = new RecordedEvents();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final ObjectNode request =
      Json.readObject(
          "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

  @Test
  void doesNotWaitForAnEncodingOnceTheAnswerIsThere() {
    CallStart start = start(events);
    start.logInBackground();
    assertThat(start.await().context()).isEmpty();
    assertThat(events.only(LlmCallStarted.class).contextError())
        .contains("count the context: the model's encoding was still loading when the answer came");
  }

  @Test
  void countsAsSoonAsTheEncodingIsLoaded() {
    CallStart start = start(events);
    start.logInBackground();
    start.requestSent();
    assertThat(events.types()).isEmpty();
    ready.complete(null);
    assertThat(start.await().context().orElseThrow().totalTokens()).isEqualTo(8);
  }

  @Test
  void leavesTheLoadingOfAnEncodingToItsThread() throws Exception {
    CallStart start = start(events);
    assertThat(asked.getCount()).as("not before the call is under way").isEqualTo(1);
    start.requestSent();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    start.await();
  }

  @Test
  void isLoggedAlsoWhenTheRequestCannotBeSent() {
    ready.complete(null);
    CompletableFuture<EventPayload> logged = new CompletableFuture<>();
    CallStart start =
        start(
            payload -> {
              logged.complete(payload);
              return new EventId(1);
            });
    start.logInBackground();
    assertThat(logged.join()).isInstanceOf(LlmCallStarted.class);
  }

  @Test
  void goesWithoutACountWhenThatFails() {
    request.remove("model");
    ready.complete(null);
    CallStart start = start(events);
    start.logInBackground();
    assertThat(start.await().context()).isEmpty();
    assertThat(events.only(LlmCallStarted.class).contextError().orElseThrow())
        .contains("the request names no model");
  }

  @Test
  void passesOnThatItCannotBeLogged() {
    ready.complete(null);
    IllegalStateException full = new IllegalStateException("the disk is full");
    CallStart start =
        start(
            payload -> {
              throw full;
            });
    start.logInBackground();
    assertThatThrownBy(start::await).isSameAs(full);
  }

  @Test
  void isLoggedByTheCallerWhereNoThreadCanBeStarted() {
    CallStart start = start(events, UnstartableThread::new);
    start.logInBackground();
    assertThat(start.await().context()).isEmpty();
    assertThat(events.types()).containsExactly("llm_call.started");
  }

  @Test
  void isCountedByTheCallerWhereNoThreadCanBeStarted() {
    ready.complete(null);
    CallStart start = start(events, UnstartableThread::new);
    start.logInBackground();
    assertThat(start.await().context().orElseThrow().totalTokens()).isEqualTo(8);
  }

  /** A thread of a machine that has none left. */
  private static final class UnstartableThread extends Thread {

    UnstartableThread(Runnable task) {
      super(task);
    }

    @Override
    public synchronized void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }

  private CallStart start(EventAppender appender) {
    return start(appender, Thread::new);
  }

  private CallStart start(EventAppender appender, ThreadFactory threads) {
    Supplier<CompletableFuture<?>> supplier =
        () -> {
          asked.countDown();
          return ready;
        };
    Accounting accounting = Accounting.ofDefaults();
    Ledger ledger =
        new Ledger(
            appender,
            new ContextCounter(),
            new Redactor(Optional.empty()),
            new CallTiming(Clock.systemUTC(), System::nanoTime, () -> 0, duration -> {}),
            PriceTable.builtIn(),
            new CapturedContents(accounting, Optional.empty()),
            new DriftDetector());
    return new CallStart(ledger, Api.CHAT, request, Optional.empty(), supplier, threads);
  }
}

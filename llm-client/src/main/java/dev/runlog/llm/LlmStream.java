package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.openai.AnswerTimeoutException;
import dev.runlog.llm.openai.AnswerTooLongException;
import dev.runlog.llm.openai.Exchange;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.ProviderError;
import dev.runlog.llm.openai.ServerEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it arrives: its deltas, and after them the same answer as without streaming.
 *
 * <p>For one thread, which closes it; {@link #close()} alone may be called from any thread. Closing
 * before the end cuts the connection at once and logs {@code llm_call.failed} with what had
 * arrived; a thread that waits for a delta then gets an {@link LlmException} of kind CANCELLED. An
 * interrupt does the same and leaves the thread's flag set.
 *
 * @param <A> what the stream ends in
 */
public final class LlmStream<A extends ModelAnswer>
    implements Iterator<StreamDelta>, AutoCloseable {

  static final String END_MARK = "[DONE]";

  private final StreamedCall<A> call;
  private final Exchange exchange;
  private final Runnable ended;
  private final StreamedAnswer assembled;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private final StringBuilder received = new StringBuilder();
  private Optional<HttpAnswer> whole;
  private Optional<Duration> timeToFirstToken = Optional.empty();
  private @Nullable StreamDelta next;
  private @Nullable A answer;
  private @Nullable LlmException failure;
  private volatile String cancelReason = "";

  LlmStream(StreamedCall<A> call, Exchange exchange, Optional<HttpAnswer> whole, Runnable ended) {
    this.call = call;
    this.exchange = exchange;
    this.whole = whole;
    this.ended = ended;
    this.assembled = call.api().stream().orElseThrow().get();
  }

  /**
   * Waits for the next delta; false when the answer is complete.
   *
   * @throws LlmException when the answer breaks off
   */
  @Override
  public boolean hasNext() {
    if (next == null && answer == null) {
      advance();
    }
    return next != null;
  }

  @Override
  public StreamDelta next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the answer is complete");
    }
    StreamDelta delta = next;
    next = null;
    return delta;
  }

  /**
   * The complete answer; waits for the deltas that nobody has asked for.
   *
   * @throws LlmException when the answer breaks off
   */
  public A response() {
    while (hasNext()) {
      next = null;
    }
    if (answer == null) {
      throw new IllegalStateException("the stream ended without an answer");
    }
    return answer;
  }

  @Override
  public void close() {
    cancel("the stream was closed");
  }

  /** Ends a stream that is still open, for a reason that is logged. */
  void cancel(String reason) {
    if (hasEnded.compareAndSet(false, true)) {
      cancelReason = reason;
      exchange.close();
      end(() -> logFailed(call.failures().cancelled(reason, null)));
    }
  }

  boolean isEnded() {
    return hasEnded.get();
  }

  private void advance() {
    if (failure != null) {
      throw failure;
    }
    try {
      readOrBreakOff();
    } catch (LlmException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(call.failures().cancelled("the thread was interrupted", e));
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  private void readOrBreakOff() throws InterruptedException {
    try {
      read();
    } catch (IOException e) {
      breakOff(e);
    }
  }

  private void read() throws IOException, InterruptedException {
    if (whole.isPresent()) {
      readWhole(whole.get());
      return;
    }
    Optional<ServerEvent> event = exchange.nextEvent();
    if (event.isEmpty() || event.get().data().strip().equals(END_MARK)) {
      complete(event.isPresent());
    } else {
      add(event.get());
    }
  }

  /** A server that does not stream answers as if it had not been asked to. */
  private void readWhole(HttpAnswer whole) {
    A read = call.reader().read(whole);
    firstToken();
    if (!read.text().isEmpty()) {
      next = new StreamDelta(read.text(), "", "", read.json());
    }
    finish(read);
  }

  private void add(ServerEvent event) {
    JsonNode json = parse(event);
    if (!(json instanceof ObjectNode object)) {
      next = new StreamDelta("", "", "", json);
      return;
    }
    if (ProviderError.find(object).isPresent()) {
      throw call.failures().errorInAnswer(exchange.head(), event.data());
    }
    StreamDelta delta = assembled.add(object);
    synchronized (received) {
      received.append(delta.received());
    }
    if (assembled.hasOutput()) {
      firstToken();
    }
    next = delta;
  }

  private JsonNode parse(ServerEvent event) {
    try {
      return Json.read(event.data(), JsonNode.class);
    } catch (JsonException e) {
      throw call.failures()
          .invalidAnswer(
              exchange.head().withBody(event.data()),
              "an event of the stream cannot be read (" + e.getMessage() + ")");
    }
  }

  private void firstToken() {
    if (timeToFirstToken.isEmpty()) {
      timeToFirstToken = Optional.of(call.log().elapsed());
    }
  }

  /** Some servers send no mark at the end; then the answer itself must say that it is complete. */
  private void complete(boolean marked) {
    if (!marked && !assembled.isComplete()) {
      throw call.failures().brokenOff(exchange.head().status(), null);
    }
    ObjectNode json = assembled.json();
    finish(call.reader().read(exchange.head().withBody(json.toString()), json));
  }

  /** An answer that was complete is not lost to what happens to its connection afterwards. */
  private void breakOff(IOException e) {
    if (assembled.isComplete() && !hasEnded.get() && !call.calls().closed().getAsBoolean()) {
      complete(true);
    } else {
      throw translated(e);
    }
  }

  private LlmException translated(IOException e) {
    if (!cancelReason.isEmpty()) {
      return call.failures().cancelled(cancelReason, e);
    }
    if (call.calls().closed().getAsBoolean()) {
      return call.failures().cancelled("the client was closed", e);
    }
    if (e instanceof AnswerTooLongException) {
      return call.failures().tooLong(e);
    }
    return e instanceof AnswerTimeoutException
        ? call.failures().timedOut(String.valueOf(e.getMessage()), e)
        : call.failures().brokenOff(exchange.head().status(), e);
  }

  private void finish(A complete) {
    if (!hasEnded.compareAndSet(false, true)) {
      throw call.failures().cancelled(cancelReason, null);
    }
    answer = complete;
    end(
        () -> {
          call.log().completed(complete, timeToFirstToken);
          awaitEndOfConnection();
        });
  }

  private void awaitEndOfConnection() {
    try {
      exchange.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LlmException failed(LlmException e) {
    failure = e;
    fail(e);
    return e;
  }

  private void fail(Throwable e) {
    if (hasEnded.compareAndSet(false, true)) {
      exchange.close();
      end(() -> logFailed(e));
    }
  }

  private void logFailed(Throwable e) {
    String text;
    synchronized (received) {
      text = received.toString();
    }
    call.log()
        .failed(e, Optional.of(Received.of(text, call.model(), call.calls().ledger().counter())));
  }

  private void end(Runnable logging) {
    try {
      logging.run();
    } finally {
      exchange.close();
      ended.run();
    }
  }
}

package dev.runlog.llm.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, which is whole or a stream of events. OkHttp's thread reads; the
 * caller waits here, so that it can be interrupted and its patience holds at each point of the
 * exchange. {@link #close()} cuts the connection and may be called from any thread; the rest is for
 * one thread.
 */
public final class Exchange implements AutoCloseable {

  /** The longest answer that is read, in bytes. */
  public static final int MAX_ANSWER_BYTES = 64 << 20;

  /** A caller that is slower than the server makes the server wait beyond this. */
  private static final int MAX_WAITING_EVENTS = 256;

  private static final Duration LAST_WAIT = Duration.ofMillis(100);

  private sealed interface Item {

    record Whole(HttpAnswer answer) implements Item {}

    record Opened(HttpAnswer head) implements Item {}

    record Event(ServerEvent event) implements Item {}

    record Ended() implements Item {}

    record Failed(IOException failure) implements Item {}
  }

  private final Call call;
  private final Patience patience;
  private final Consumer<Exchange> closed;
  private final long startedNanos = System.nanoTime();
  private final Deque<Item> items = new ArrayDeque<>();
  private @Nullable HttpAnswer head;
  private long lastByteNanos = startedNanos;
  private boolean anyByte;
  private boolean cut;

  private Exchange(Call call, Patience patience, Consumer<Exchange> closed) {
    this.call = call;
    this.patience = patience;
    this.closed = closed;
  }

  static Exchange start(
      Call call, Patience patience, boolean mayStream, Consumer<Exchange> closed) {
    Exchange exchange = new Exchange(call, patience, closed);
    call.enqueue(exchange.new Reader(mayStream));
    return exchange;
  }

  /**
   * Waits for the answer: the whole one, or absent when its events follow.
   *
   * @throws IOException when the connection fails, the patience is over or the answer is too long
   */
  public Optional<HttpAnswer> awaitAnswer() throws IOException, InterruptedException {
    Item first = take();
    if (first instanceof Item.Opened opened) {
      head = opened.head();
      return Optional.empty();
    }
    if (first instanceof Item.Whole whole) {
      return Optional.of(whole.answer());
    }
    throw unexpected(first);
  }

  /** Status and headers of an answer whose events follow; its body is empty. */
  public HttpAnswer head() {
    if (head == null) {
      throw new IllegalStateException("the answer is no stream, or was not waited for");
    }
    return head;
  }

  /**
   * Waits for the next event; absent when the stream has ended.
   *
   * @throws IOException when the connection fails, the patience is over or the answer is too long
   */
  public Optional<ServerEvent> nextEvent() throws IOException, InterruptedException {
    Item next = take();
    if (next instanceof Item.Event event) {
      return Optional.of(event.event());
    }
    if (next instanceof Item.Ended) {
      return Optional.empty();
    }
    throw unexpected(next);
  }

  /**
   * Waits a moment until the server has ended the answer as well, so that its connection can be
   * used again. What still comes is dropped.
   */
  public synchronized void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + LAST_WAIT.toNanos();
    while (!cut && !hasEnded() && deadline - System.nanoTime() > 0) {
      items.clear();
      notifyAll();
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }

  private boolean hasEnded() {
    return items.peekLast() instanceof Item.Ended || items.peekLast() instanceof Item.Failed;
  }

  @Override
  public void close() {
    synchronized (this) {
      cut = true;
      notifyAll();
    }
    call.cancel();
    closed.accept(this);
  }

  private static IOException unexpected(Item item) {
    return item instanceof Item.Failed failed
        ? failed.failure()
        : new IOException("the answer came in an unexpected order: " + item);
  }

  private synchronized Item take() throws IOException, InterruptedException {
    long waitingSince = System.nanoTime();
    while (items.isEmpty()) {
      if (cut) {
        throw new IOException("the exchange was cut");
      }
      long left = nanosLeft(waitingSince);
      if (left <= 0) {
        throw tooSlow();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    Item item = items.element();
    if (!(item instanceof Item.Ended || item instanceof Item.Failed)) {
      items.remove();
    }
    notifyAll();
    return item;
  }

  /** Time that the caller spent on the events before is not the server's. */
  private long nanosLeft(long waitingSince) {
    long now = System.nanoTime();
    long quietSince = lastByteNanos - waitingSince > 0 ? lastByteNanos : waitingSince;
    long untilByte =
        anyByte
            ? quietSince + patience.betweenBytes().toNanos() - now
            : startedNanos + patience.firstByte().toNanos() - now;
    return Math.min(untilByte, startedNanos + patience.total().toNanos() - now);
  }

  private AnswerTimeoutException tooSlow() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
    if (elapsed.compareTo(patience.total()) >= 0) {
      return new AnswerTimeoutException(
          "no complete answer within " + patience.total().toMillis() + " ms");
    }
    return new AnswerTimeoutException(
        anyByte
            ? "nothing more of the answer for " + patience.betweenBytes().toMillis() + " ms"
            : "no answer within " + patience.firstByte().toMillis() + " ms");
  }

  private synchronized void put(Item item) {
    boolean interrupted = false;
    while (items.size() >= MAX_WAITING_EVENTS && !cut) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
        cut = true;
      }
    }
    items.add(item);
    notifyAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first byte wakes the caller, whose patience is another from now on. */
  private synchronized void arrived() {
    lastByteNanos = System.nanoTime();
    if (!anyByte) {
      anyByte = true;
      notifyAll();
    }
  }

  private static HttpAnswer answer(Response response, String body) {
    Map<String, String> headers = new TreeMap<>();
    response.headers().names().forEach(name -> headers.put(name, response.header(name, "")));
    return new HttpAnswer(response.code(), headers, body);
  }

  /** Reads the answer on OkHttp's thread. */
  private final class Reader extends EventSourceListener implements Callback {

    private final boolean mayStream;

    Reader(boolean mayStream) {
      this.mayStream = mayStream;
    }

    @Override
    public void onFailure(Call failed, IOException e) {
      put(new Item.Failed(e));
    }

    @Override
    public void onResponse(Call answered, Response response) {
      try (response) {
        AnswerBody body = new AnswerBody(response, MAX_ANSWER_BYTES, Exchange.this::arrived);
        if (mayStream && body.isEventStream()) {
          put(new Item.Opened(answer(response, "")));
          EventSources.processResponse(body.asEventStream(), this);
        } else {
          put(new Item.Whole(answer(response, body.text())));
        }
      } catch (IOException e) {
        put(new Item.Failed(e));
      } catch (RuntimeException | OutOfMemoryError e) {
        put(new Item.Failed(new IOException("read the answer: " + e, e)));
      }
    }

    @Override
    public void onEvent(
        EventSource source, @Nullable String id, @Nullable String type, String data) {
      put(new Item.Event(new ServerEvent(Optional.ofNullable(type), data)));
    }

    @Override
    public void onClosed(EventSource source) {
      put(new Item.Ended());
    }

    @Override
    public void onFailure(
        EventSource source, @Nullable Throwable failure, @Nullable Response response) {
      put(
          new Item.Failed(
              failure instanceof IOException io
                  ? io
                  : new IOException("read the stream: " + failure, failure)));
    }
  }
}

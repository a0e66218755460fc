package dev.runlog.it.kit;

import dev.runlog.events.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A model that answers only when it is told to, so that a test decides what happens in the middle
 * of a call. Thread-safe.
 */
public final class HeldModel implements AutoCloseable {

  private static final String ANSWER =
      Json.write(
          Json.readObject(
              """
              {
                "id": "chatcmpl-held",
                "model": "gpt-5-mini",
                "choices": [
                  {"index": 0, "message": {"role": "assistant", "content": "Done."}, "finish_reason": "stop"}
                ],
                "usage": {"prompt_tokens": 8, "completion_tokens": 2, "total_tokens": 10}
              }
              """));

  private final MockWebServer server = new MockWebServer();
  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch open = new CountDownLatch(1);

  private HeldModel() {}

  /** Starts a model that holds every call. */
  public static HeldModel start() throws IOException {
    HeldModel model = new HeldModel();
    model.server.setDispatcher(model.new Holding());
    model.server.start();
    return model;
  }

  public String baseUrl() {
    return server.url("/v1").toString();
  }

  /** Waits until so many more calls have arrived. */
  public void awaitCalls(int count) throws InterruptedException {
    Duration patience = Events.PATIENCE;
    if (!arrived.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new AssertionError(
          "after " + patience.toSeconds() + " s fewer than " + count + " calls have arrived");
    }
  }

  /** Answers all calls, those that are held and those to come. */
  public void open() {
    open.countDown();
  }

  @Override
  public void close() {
    open();
    server.close();
  }

  private final class Holding extends Dispatcher {

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      arrived.release();
      open.await();
      return new MockResponse.Builder()
          .code(200)
          .setHeader("Content-Type", "application/json")
          .body(ANSWER)
          .build();
    }
  }
}

package dev.runlog.llm.openai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * Sends requests over OkHttp and reads their answers whole. Thread-safe. Nothing is sent twice
 * behind the caller's back: OkHttp may try another address before a request has left, not after,
 * and redirects are not followed. {@link #close()} cuts what is under way and ends all threads.
 */
public final class OpenAiTransport implements AutoCloseable {

  /** The longest answer that is read, in bytes. */
  public static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final HttpUrl baseUrl;
  private final Optional<String> apiKey;
  private final ExecutorService threads = newThreads();
  private final OkHttpClient http;

  /**
   * @param baseUrl the URL above the endpoints, such as {@code https://api.openai.com/v1}
   * @param apiKey sent as bearer token where there is one
   * @param connectTimeout for one connection
   */
  public OpenAiTransport(String baseUrl, Optional<String> apiKey, Duration connectTimeout) {
    this.baseUrl = HttpUrl.get(baseUrl);
    this.apiKey = apiKey;
    this.http =
        new OkHttpClient.Builder()
            .dispatcher(unlimited(new Dispatcher(threads)))
            .connectTimeout(connectTimeout)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  /**
   * Posts a JSON text and waits for the whole answer.
   *
   * @param path below the base URL, with a leading slash
   * @param timeout for sending, waiting and reading together
   * @throws IOException when the connection fails, the time is over or the answer is too long
   * @throws InterruptedException when the thread is interrupted; the connection is cut
   */
  public HttpAnswer post(String path, String json, Duration timeout)
      throws IOException, InterruptedException {
    Call call = http.newCall(request(path, json));
    call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    PendingAnswer pending = new PendingAnswer();
    call.enqueue(pending);
    try {
      return pending.answer.get();
    } catch (ExecutionException e) {
      throw asIoException(e);
    } finally {
      call.cancel();
    }
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    threads.shutdown();
    http.connectionPool().evictAll();
    awaitThreads();
  }

  private void awaitThreads() {
    try {
      if (!threads.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Request request(String path, String json) {
    Request.Builder request =
        new Request.Builder()
            .url(baseUrl.newBuilder().addPathSegments(path.substring(1)).build())
            .header("User-Agent", "runlog")
            .header("Accept", "application/json")
            .post(new OneShotBody(RequestBody.create(json, JSON)));
    apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request.build();
  }

  private static IOException asIoException(ExecutionException e) {
    return e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
  }

  private static Dispatcher unlimited(Dispatcher dispatcher) {
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  private static ExecutorService newThreads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "runlog-llm-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static HttpAnswer read(Response response) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    response.headers().names().forEach(name -> headers.put(name, response.header(name, "")));
    return new HttpAnswer(response.code(), headers, readBody(response.body().byteStream()));
  }

  private static String readBody(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
    if (bytes.length > MAX_ANSWER_BYTES) {
      throw new AnswerTooLongException(MAX_ANSWER_BYTES);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Completes with the answer, read on OkHttp's thread, so that the caller can be interrupted. */
  private static final class PendingAnswer implements Callback {

    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(read(response));
      } catch (IOException e) {
        answer.completeExceptionally(e);
      } catch (RuntimeException | OutOfMemoryError e) {
        answer.completeExceptionally(new CompletionException(e));
      }
    }
  }

  /** A body that OkHttp does not send a second time on its own. */
  private static final class OneShotBody extends RequestBody {

    private final RequestBody body;

    OneShotBody(RequestBody body) {
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }
  }
}

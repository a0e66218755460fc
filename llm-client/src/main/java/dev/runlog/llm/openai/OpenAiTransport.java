package dev.runlog.llm.openai;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Sends requests over OkHttp. Thread-safe. Nothing is sent twice behind the caller's back: OkHttp
 * may try another address before a request has left, not after, and redirects are not followed.
 * {@link #close()} cuts what is under way and ends all threads.
 */
public final class OpenAiTransport implements AutoCloseable {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final ApiServer server;
  private final HttpThreads threads = new HttpThreads();
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private final OkHttpClient http;

  /**
   * @param connectTimeout for one connection
   */
  public OpenAiTransport(ApiServer server, Duration connectTimeout) {
    this.server = server;
    this.http =
        threads
            .newClient()
            .connectTimeout(connectTimeout)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  /**
   * Starts to post a JSON text. Whoever starts an exchange closes it.
   *
   * @param path below the base URL, with a leading slash
   * @param model that the request names
   * @param mayStream whether an answer may come as server-sent events
   */
  public Exchange post(
      String path, String model, OutgoingJson json, boolean mayStream, Patience patience) {
    Request request =
        server
            .request(path, model)
            .header(
                "Accept", mayStream ? "text/event-stream, application/json" : "application/json")
            .post(json)
            .build();
    return start(request, mayStream, patience);
  }

  /** Starts to get what is at a path. Whoever starts an exchange closes it. */
  public Exchange get(String path, Patience patience) {
    return start(
        server.request(path, "").header("Accept", "application/json").build(), false, patience);
  }

  private Exchange start(Request request, boolean mayStream, Patience patience) {
    Exchange exchange =
        Exchange.start(http.newCall(request), patience, mayStream, underWay::remove);
    underWay.add(exchange);
    return exchange;
  }

  @Override
  public void close() {
    underWay.forEach(Exchange::close);
    threads.close(CLOSE_PATIENCE.toMillis());
  }
}

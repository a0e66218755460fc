package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.tokens.ContextCounter;
import dev.runlog.llm.tokens.Encodings;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * Accounts for the model calls of any client that sends them over OkHttp to an OpenAI-compatible
 * endpoint: added to the client's builder, it logs {@code llm_call.started} and the end of each
 * call as {@link LlmClient} does, and changes neither request nor answer. Other requests pass.
 *
 * <p>The end is logged when the client has read the answer to its end, or as cancelled when it has
 * closed it before. A client that sends a request again makes a call of its own of it. Thread-safe.
 */
public final class AccountingInterceptor implements Interceptor {

  private static final long MAX_REQUEST_BYTES = 64 << 20;

  private final EventAppender events;
  private final Accounting accounting;
  private final Supplier<Optional<EventId>> parentEvent;
  private final ContextCounter counter;
  private final DriftDetector drift = new DriftDetector();

  /**
   * @param events where calls are logged; stays open
   * @param parentEvent the event in whose scope the calling thread works, asked for at each call
   */
  public AccountingInterceptor(
      EventAppender events, Accounting accounting, Supplier<Optional<EventId>> parentEvent) {
    Encodings.preload();
    this.events = events;
    this.accounting = accounting;
    this.parentEvent = parentEvent;
    this.counter = new ContextCounter(accounting.prices());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Optional<Api<?>> api = apiOf(request);
    Optional<ObjectNode> body = api.flatMap(of -> readableBody(request));
    return body.isPresent() ? accounted(chain, api.get(), body.get()) : chain.proceed(request);
  }

  private Response accounted(Chain chain, Api<?> api, ObjectNode body) throws IOException {
    Ledger ledger = ledger(chain.request());
    CallLog log = CallLog.start(ledger, api, body, parentEvent.get());
    // Nobody here sees when it has left; the start is not to wait for that.
    log.requestSent();
    log.nextAttempt();
    InterceptedAnswer<?> answer =
        new InterceptedAnswer<>(
            api, body.path("model").asText(), ledger, log, chain.call()::isCanceled);
    try {
      return answer.watch(chain.proceed(chain.request()));
    } catch (IOException e) {
      answer.unreachable(e);
      throw e;
    }
  }

  private static Optional<Api<?>> apiOf(Request request) {
    String path = request.url().encodedPath();
    return request.method().equals("POST")
        ? Stream.<Api<?>>of(Api.CHAT, Api.RESPONSES, Api.EMBEDDINGS)
            .filter(api -> path.endsWith(api.path()))
            .findFirst()
        : Optional.empty();
  }

  /** Absent when the body can be read only once, is too long or is no request. */
  private static Optional<ObjectNode> readableBody(Request request) {
    RequestBody body = request.body();
    try {
      if (body == null || body.isOneShot() || body.isDuplex()) {
        return Optional.empty();
      }
      if (body.contentLength() > MAX_REQUEST_BYTES) {
        return Optional.empty();
      }
      Buffer bytes = new Buffer();
      body.writeTo(bytes);
      return Optional.of(Json.readObject(bytes.readUtf8()))
          .filter(json -> json.path("model").isTextual());
    } catch (IOException | JsonException e) {
      // The server will say what it thinks of such a request; there is nothing to account for.
      return Optional.empty();
    }
  }

  /** The key is known only from the request that carries it. */
  private Ledger ledger(Request request) {
    Optional<String> key =
        Optional.ofNullable(request.header("Authorization"))
            .map(value -> value.replaceFirst("^(?i)bearer\\s+", ""))
            .or(() -> Optional.ofNullable(request.header("api-key")));
    return new Ledger(
        events,
        counter,
        new Redactor(key, accounting.secrets()),
        new CallTiming(Clock.systemUTC(), System::nanoTime, () -> 0, duration -> {}),
        accounting.prices(),
        new CapturedContents(accounting, key),
        drift);
  }
}

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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
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
 *
 * <p>Accounting never breaks a call: where an event cannot be counted or logged, the request is
 * sent and its answer read all the same. The first such fault is written to the system logger of
 * this class as a warning, later ones at level DEBUG.
 */
public final class AccountingInterceptor implements Interceptor {

  private static final long MAX_REQUEST_BYTES = 64 << 20;
  private static final String DEPLOYMENTS = "deployments";

  private final EventAppender events;
  private final Accounting accounting;
  private final Supplier<Optional<EventId>> parentEvent;
  private final ContextCounter counter;
  private final DriftDetector drift = new DriftDetector();
  private final AccountingFaults faults =
      new AccountingFaults(System.getLogger(AccountingInterceptor.class.getName()));

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
    Optional<InterceptedAnswer<?>> begun = faults.kept(() -> begin(chain)).flatMap(call -> call);
    return begun.isPresent() ? accounted(chain, begun.get()) : chain.proceed(chain.request());
  }

  /** Absent when there is nothing to account for. */
  private Optional<InterceptedAnswer<?>> begin(Chain chain) {
    Request request = chain.request();
    Optional<Api<?>> api = apiOf(request);
    return api.flatMap(of -> readableBody(request))
        .map(body -> begin(chain, api.orElseThrow(), body));
  }

  private InterceptedAnswer<?> begin(Chain chain, Api<?> api, ObjectNode body) {
    Ledger ledger = ledger(chain.request());
    CallLog log = CallLog.start(ledger, api, body, parentEvent.get());
    // Nobody here sees when it has left; the start is not to wait for that.
    log.requestSent();
    log.nextAttempt();
    String model = body.path("model").asText();
    return new InterceptedAnswer<>(api, model, ledger, log, chain.call()::isCanceled, faults);
  }

  private static Response accounted(Chain chain, InterceptedAnswer<?> answer) throws IOException {
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IOException e) {
      answer.unreachable(e);
      throw e;
    } catch (RuntimeException | Error e) {
      answer.failed(e);
      throw e;
    }
    return answer.watch(response);
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
      return withModel(Json.readObject(bytes.readUtf8()), request.url());
    } catch (IOException | JsonException e) {
      // The server will say what it thinks of such a request; there is nothing to account for.
      return Optional.empty();
    }
  }

  /** Azure names the deployment in the path; its requests need not name a model. */
  private static Optional<ObjectNode> withModel(ObjectNode body, HttpUrl url) {
    if (body.path("model").isTextual()) {
      return Optional.of(body);
    }
    List<String> path = url.pathSegments();
    int deployments = path.indexOf(DEPLOYMENTS);
    return deployments < 0 || deployments + 1 >= path.size()
        ? Optional.empty()
        : Optional.of(body.put("model", path.get(deployments + 1)));
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

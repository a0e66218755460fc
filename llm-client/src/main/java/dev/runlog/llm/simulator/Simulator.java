package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.runlog.events.json.Json;
import dev.runlog.llm.tokens.Encodings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A server on 127.0.0.1 that speaks OpenAI's wire format: {@code POST /v1/chat/completions} and
 * {@code /v1/responses}, streamed where a request asks for it, and {@code GET /v1/models}, with
 * answers that follow from the request, true token counts, OpenAI's errors, and faults on request
 * ({@link SimulatorSettings}, or a request's own header {@code X-Simulate} or {@code
 * metadata.simulate}, such as {@code status=500,times=2}). {@code GET /v1/simulator/totals} tells
 * what it has done.
 *
 * <p>Thread-safe. Whoever starts it closes it; closing cuts what is under way.
 */
public final class Simulator implements AutoCloseable {

  /** Without it the JDK's server waits 40 ms for an acknowledgement inside each answer. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final int MAX_REQUEST_BYTES = 64 << 20;
  private static final String CHAT = "/v1/chat/completions";
  private static final String RESPONSES = "/v1/responses";
  private static final String MODELS = "/v1/models";
  private static final String TOTALS = "/v1/simulator/totals";

  private final SimulatorSettings settings;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Completions completions = new Completions(Clock.systemUTC());
  private final Responses responses = new Responses(Clock.systemUTC());
  private final FaultPlan faults;
  private SimulatorTotals totals = SimulatorTotals.NONE;

  private Simulator(SimulatorSettings settings, HttpServer server) {
    this.settings = settings;
    this.server = server;
    this.faults = new FaultPlan(settings);
    this.threads = newThreads();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts a simulator.
   *
   * @throws UncheckedIOException when the port is taken
   */
  public static Simulator start(SimulatorSettings settings) {
    Encodings.preload();
    System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new Simulator(
          settings, HttpServer.create(new InetSocketAddress(loopback, settings.port()), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "start the simulator on 127.0.0.1:" + settings.port() + ": " + e.getMessage(), e);
    }
  }

  /** What clients take as base URL, ending in {@code /v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What it has done so far. A request counts before its answer is sent. */
  public synchronized SimulatorTotals totals() {
    return totals;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      respondOrRefuse(exchange);
    } catch (InterruptedException e) {
      // The simulator is being closed; the connection ends with it.
      Thread.currentThread().interrupt();
    }
  }

  private void respondOrRefuse(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      respond(exchange);
    } catch (RequestRefused e) {
      send(exchange, e.reply());
    }
  }

  private void respond(HttpExchange exchange)
      throws IOException, RequestRefused, InterruptedException {
    checkKey(exchange);
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case CHAT -> {
        checkMethod(exchange, "POST");
        answer(exchange, Completions::parse, completions::complete);
      }
      case RESPONSES -> {
        checkMethod(exchange, "POST");
        answer(exchange, Responses::parse, responses::complete);
      }
      case MODELS -> {
        checkMethod(exchange, "GET");
        send(exchange, Reply.json(200, KnownModels.list().toString()));
      }
      case TOTALS -> {
        checkMethod(exchange, "GET");
        send(exchange, Reply.json(200, Json.write(totals())));
      }
      default -> throw new RequestRefused(ApiError.unknownUrl(exchange.getRequestMethod(), path));
    }
  }

  private void answer(
      HttpExchange exchange,
      RequestParser parser,
      Function<ObjectNode, Completions.Completion> completing)
      throws IOException, RequestRefused, InterruptedException {
    UnaryOperator<SimulatorTotals> outcome = SimulatorTotals::plusFailure;
    Reply reply;
    try {
      ObjectNode request = parser.parse(body(exchange));
      misbehave(exchange, request);
      Completions.Completion completion = completing.apply(request);
      outcome = sum -> sum.plusCompletion(completion.promptTokens(), completion.completionTokens());
      reply = completion.reply();
    } finally {
      count(outcome);
    }
    send(exchange, reply);
  }

  /** Reads and checks the body of a request. */
  private interface RequestParser {
    ObjectNode parse(String body) throws RequestRefused;
  }

  private synchronized void count(UnaryOperator<SimulatorTotals> outcome) {
    totals = outcome.apply(totals);
  }

  /** Waits and fails as the request or the settings ask for. */
  private void misbehave(HttpExchange exchange, ObjectNode request)
      throws IOException, RequestRefused, InterruptedException {
    Directive directive = directive(exchange, request);
    FaultPlan.Outcome outcome = faults.next(directive, request);
    TimeUnit.MILLISECONDS.sleep(outcome.latencyMillis());
    if (outcome.fault().isPresent()) {
      fail(exchange, outcome.fault().get(), directive);
    }
  }

  private static void fail(HttpExchange exchange, Fault fault, Directive directive)
      throws IOException, RequestRefused {
    if (fault instanceof Fault.Status status) {
      directive
          .retryAfter()
          .ifPresent(seconds -> exchange.getResponseHeaders().set("Retry-After", seconds));
      throw new RequestRefused(ApiError.simulated(status.code()));
    }
    if (fault instanceof Fault.Cut) {
      promiseTooMuch(exchange);
      throw new IOException("connection cut, as simulated");
    }
    throw new RequestRefused(Reply.garbage());
  }

  /** Promises more than it sends, so that the connection breaks inside the answer. */
  private static void promiseTooMuch(HttpExchange exchange) throws IOException {
    byte[] half = "{\"id\":\"chatcmpl-".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, half.length * 2L);
    exchange.getResponseBody().write(half);
    exchange.getResponseBody().flush();
  }

  private static Directive directive(HttpExchange exchange, ObjectNode request)
      throws RequestRefused {
    String header = exchange.getRequestHeaders().getFirst("X-Simulate");
    String text = header == null ? request.path("metadata").path("simulate").asText("") : header;
    try {
      return Directive.parse(text);
    } catch (IllegalArgumentException e) {
      RequestRefused refused =
          new RequestRefused(
              ApiError.invalidRequest(
                  String.valueOf(e.getMessage()), "metadata.simulate", "invalid_value"));
      refused.initCause(e);
      throw refused;
    }
  }

  private void checkKey(HttpExchange exchange) throws RequestRefused {
    if (settings.expectedKey().isEmpty()) {
      return;
    }
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    String key = authorization.replaceFirst("^(?i)bearer ", "").strip();
    if (key.isEmpty()) {
      throw new RequestRefused(ApiError.missingKey());
    }
    if (!key.equals(settings.expectedKey().get())) {
      throw new RequestRefused(ApiError.wrongKey(key));
    }
  }

  private static void checkMethod(HttpExchange exchange, String allowed) throws RequestRefused {
    if (!exchange.getRequestMethod().equals(allowed)) {
      throw new RequestRefused(
          ApiError.wrongMethod(exchange.getRequestMethod(), exchange.getRequestURI().getPath()));
    }
  }

  private static String body(HttpExchange exchange) throws IOException, RequestRefused {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
    if (bytes.length > MAX_REQUEST_BYTES) {
      throw new RequestRefused(
          new ApiError(
              413,
              "The request is longer than " + MAX_REQUEST_BYTES + " bytes.",
              "invalid_request_error",
              Optional.empty(),
              Optional.empty()));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    exchange.getResponseHeaders().set("X-Request-Id", "req_" + UUID.randomUUID());
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static ExecutorService newThreads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "runlog-simulator-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}

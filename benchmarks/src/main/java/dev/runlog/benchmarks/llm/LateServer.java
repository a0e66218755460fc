package dev.runlog.benchmarks.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A server on the loopback interface that gives every request the same answer, after a delay. */
final class LateServer implements AutoCloseable {

  static final int DELAY_MILLIS = 100;

  private static final byte[] ANSWER =
      ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-5-mini\",\"choices\":"
              + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Done.\"},"
              + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":2006,"
              + "\"completion_tokens\":2,\"total_tokens\":2008}}")
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private volatile int delayMillis = DELAY_MILLIS;

  LateServer() throws IOException {
    // Else the body of an answer may wait 40 ms for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  /** The base URL for clients. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How late the next answers are. */
  void answerAfter(int millis) {
    delayMillis = millis;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var unused = threads.schedule(() -> answer(exchange), delayMillis, TimeUnit.MILLISECONDS);
  }

  private static void answer(HttpExchange exchange) {
    try (exchange) {
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    } catch (IOException e) {
      System.err.println("runlog: the client of the benchmark is gone: " + e);
    }
  }
}

package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runlog.events.payload.LlmCallFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Interrupts, and clients that are closed while they call. */
@Timeout(60)
class CancelledCallsTest {

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final MockWebServer server = loopback.http();
  private final RecordedEvents events = loopback.events();

  @Test
  void refusesToCallForAnInterruptedThread() {
    try (LlmClient client = loopback.client(settings())) {
      Thread.currentThread().interrupt();
      LlmException failure =
          catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
      assertThat(events.types()).isEmpty();
    }
  }

  @Test
  void cutsTheConnectionWhenTheThreadIsInterrupted() throws Exception {
    try (SilentServer silent = new SilentServer();
        LlmClient client = loopback.client(settings(silent.url()))) {
      CallThread call = new CallThread(client);
      silent.awaitRequest();
      call.interrupt();
      silent.awaitCut();
      assertThat(call.failure().kind()).isEqualTo(FailureKind.CANCELLED);
      assertThat(call.wasInterruptedAfterwards).isTrue();
      assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
      assertThat(events.only(LlmCallFailed.class).error()).contains("interrupted");
    }
  }

  @Test
  void closingCutsTheCallsUnderWayAndLogsTheirEnd() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      LlmClient client = loopback.client(settings(silent.url()));
      CallThread call = new CallThread(client);
      silent.awaitRequest();
      client.close();
      assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
      silent.awaitCut();
      assertThat(call.failure()).hasMessageContaining("cancelled, the client was closed");
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("runlog-llm-"));
      assertThat(
              catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty())))
          .hasMessageContaining("the client is closed");
    }
  }

  @Test
  void tellsThatTheListOfModelsDidNotComeInTime() throws Exception {
    CallTimeouts short200 = CallTimeouts.DEFAULT.withTotal(Duration.ofMillis(200));
    try (SilentServer silent = new SilentServer();
        LlmClient client = loopback.client(settings(silent.url()).withTimeouts(short200))) {
      assertThat(catchThrowableOfType(LlmException.class, client::models).kind())
          .isEqualTo(FailureKind.TIMEOUT);
    }
  }

  @Test
  void closingCancelsTheWaitForTheListOfModels() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      LlmClient client = loopback.client(settings(silent.url()));
      CompletableFuture<LlmException> waiting =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(LlmException.class, client::models));
      silent.awaitRequest();
      client.close();
      assertThat(waiting.get(30, TimeUnit.SECONDS).kind()).isEqualTo(FailureKind.CANCELLED);
    }
  }

  @Test
  void cutsTheConnectionOfAStreamWhoseStartCannotBeLogged() throws Exception {
    String head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {}\n\n";
    try (SilentServer silent = new SilentServer(head);
        LlmClient client =
            new LlmClient(
                settings(silent.url()),
                payload -> {
                  throw new IllegalStateException("the disk is full");
                })) {
      assertThatThrownBy(() -> client.streamChat(HELLO, Optional.empty()))
          .hasMessage("the disk is full");
      silent.awaitCut();
    }
  }

  @Test
  void closingEndsThePauseBetweenAttempts() throws Exception {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("retry-after", "60").build());
    BlockingQueue<Duration> paused = new LinkedBlockingQueue<>();
    LlmClient client =
        new LlmClient(
            settings(),
            events,
            timing ->
                new CallTiming(
                    timing.clock(),
                    timing.nanoTime(),
                    timing.random(),
                    duration -> {
                      paused.add(duration);
                      timing.pause().pause(duration);
                    }));
    CallThread call = new CallThread(client);
    assertThat(paused.poll(30, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(60));
    client.close();
    assertThat(call.failure().kind()).isEqualTo(FailureKind.CANCELLED);
    assertThat(events.types())
        .containsExactly("llm_call.started", "llm_call.retried", "llm_call.failed");
  }

  @Test
  void leavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    loopback.enqueue(200, LoopbackServer.HI);
    LlmClient client = loopback.client(settings());
    client.chat(HELLO, Optional.empty());
    client.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("runlog-llm") || name.contains("OkHttp"));
  }

  private LlmSettings settings() {
    return loopback.settings(LlmSettings.DEFAULT_MODEL);
  }

  private static LlmSettings settings(String baseUrl) {
    return LlmSettings.of(baseUrl, Optional.empty(), LlmSettings.DEFAULT_MODEL);
  }

  /** A thread that calls and keeps how that ended. */
  private static final class CallThread {

    private final CompletableFuture<LlmException> failure = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean wasInterruptedAfterwards;

    CallThread(LlmClient client) {
      thread = new Thread(() -> call(client), "caller");
      thread.start();
    }

    private void call(LlmClient client) {
      LlmException e =
          catchThrowableOfType(LlmException.class, () -> client.chat(HELLO, Optional.empty()));
      wasInterruptedAfterwards = Thread.currentThread().isInterrupted();
      failure.complete(e);
    }

    void interrupt() {
      thread.interrupt();
    }

    LlmException failure() throws Exception {
      return failure.get(30, TimeUnit.SECONDS);
    }
  }

  /** A server that reads and never answers more than a beginning. */
  private static final class SilentServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Boolean> request = new CompletableFuture<>();
    private final CompletableFuture<Boolean> cut = new CompletableFuture<>();

    private final String beginning;

    SilentServer() throws IOException {
      this("");
    }

    SilentServer(String beginning) throws IOException {
      this.beginning = beginning;
      new Thread(this::serve, "silent-server").start();
    }

    String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    void awaitRequest() throws Exception {
      assertThat(request.get(30, TimeUnit.SECONDS)).isTrue();
    }

    void awaitCut() throws Exception {
      assertThat(cut.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private void serve() {
      try (Socket connection = socket.accept()) {
        byte[] bytes = new byte[8_192];
        while (connection.getInputStream().read(bytes) >= 0) {
          if (request.complete(true)) {
            connection.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
          }
        }
        cut.complete(true);
      } catch (IOException e) {
        cut.complete(true);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

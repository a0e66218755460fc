package dev.runlog.llm;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server on the loopback interface for one test, with clients of it and the events that they log.
 * Runs while the test does.
 */
final class LoopbackServer implements BeforeEachCallback, AfterEachCallback {

  /** The answer to a chat: {@code Hi.}, with its usage. */
  static final String HI =
      "{\"id\":\"chatcmpl-1\",\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi.\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2,\"total_tokens\":10,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}";

  private final MockWebServer http = new MockWebServer();
  private final RecordedEvents events = new RecordedEvents();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    http.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    http.close();
  }

  /** What answers. */
  MockWebServer http() {
    return http;
  }

  /** What the clients logged. */
  RecordedEvents events() {
    return events;
  }

  /** For how long the clients would have waited between their attempts. */
  List<Duration> pauses() {
    return pauses;
  }

  /** The base URL for clients. */
  String url() {
    return http.url("/v1").toString();
  }

  /** Settings without a key. */
  LlmSettings settings(String model) {
    return LlmSettings.of(url(), Optional.empty(), model);
  }

  /** Gives the next request an answer. */
  void enqueue(int status, String body) {
    http.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  /** A client that does not wait between attempts, and has no jitter. */
  LlmClient client(LlmSettings settings) {
    return client(settings, Clock.systemUTC());
  }

  /** The same by another clock. */
  LlmClient client(LlmSettings settings, Clock clock) {
    return new LlmClient(
        settings, events, timing -> new CallTiming(clock, timing.nanoTime(), () -> 0, pauses::add));
  }

  /** How a chat fails. */
  LlmException failure(LlmSettings settings, ChatRequest request) {
    try (LlmClient client = client(settings)) {
      return catchThrowableOfType(LlmException.class, () -> client.chat(request, Optional.empty()));
    }
  }
}

package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The key shows nowhere, whatever a server does with it. */
@Timeout(60)
class SecretsInCallsTest {

  private static final String KEY = "secret-key-of-the-test-1234";

  private static final ChatRequest HELLO = ChatRequest.ofPrompt("gpt-4o-mini", "hello");

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final RecordedEvents events = loopback.events();

  @Test
  void neverShowsTheKeyEvenWhenTheServerEchoesIt() {
    String echo =
        "{\"error\":{\"message\":\"Incorrect key %s, sent as Bearer %s; like sk-proj-abcdef123456\","
            + "\"type\":\"%s\",\"code\":\"%s\"}}";
    loopback.enqueue(500, echo.replace("%s", KEY));
    loopback.enqueue(401, " ".repeat(1_990) + echo.replace("%s", KEY));
    LlmException failure = fail(HELLO);
    assertThat(failure).hasMessageContaining("[redacted]");
    assertThat(failure.toString() + failure.providerError() + failure.getCause())
        .doesNotContain(KEY)
        .doesNotContain("sk-proj");
    assertThat(events.asText()).doesNotContain(KEY).doesNotContain("sk-proj");
    try (LlmClient client = loopback.client(settings())) {
      assertThat(client).asString().doesNotContain(KEY);
    }
  }

  @Test
  void neverShowsTheKeyThatAnAnswerOfGarbageHolds() {
    loopback.enqueue(200, "x".repeat(190) + KEY);
    assertThat(fail(HELLO)).hasMessageNotContaining("secret-key");
    assertThat(events.asText()).doesNotContain("secret-key");
  }

  private LlmException fail(ChatRequest request) {
    return loopback.failure(settings(), request);
  }

  private LlmSettings settings() {
    return LlmSettings.of(loopback.url(), Optional.of(KEY), LlmSettings.DEFAULT_MODEL);
  }
}

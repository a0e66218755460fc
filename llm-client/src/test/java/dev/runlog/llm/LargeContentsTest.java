package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.events.pricing.PriceTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a request or a server holds, the events of a call fit into the log. */
@Timeout(60)
class LargeContentsTest {

  private static final String LONG = "long ".repeat(500_000);

  @RegisterExtension final LoopbackServer loopback = new LoopbackServer();
  private final RecordedEvents events = loopback.events();

  @Test
  void aRequestThatGrowsByItsRedactionIsLeftOut() {
    loopback.enqueue(200, LoopbackServer.HI);
    Accounting digits =
        new Accounting(PriceTable.builtIn(), Capture.REDACTED, List.of(Pattern.compile("[0-9]")));
    chat(digits, ChatRequest.ofPrompt("gpt-4o", "7".repeat(190_000)));
    assertThat(events.only(LlmCallStarted.class).request().orElseThrow().path("omitted").asText())
        .isEqualTo("longer than 200000 characters");
    assertThat(events.only(LlmCallCompleted.class).response().orElseThrow().has("choices"))
        .isTrue();
    assertFits();
  }

  @Test
  void namesOfAnyLengthAndNumberAreShortened() {
    loopback.enqueue(200, LoopbackServer.HI);
    ObjectNode request = Json.object().put("model", LONG);
    for (int i = 0; i < 20_000; i++) {
      ObjectNode message = request.withArray("messages").addObject();
      message.put("role", "role " + i).putArray("content").addObject().put("type", "part " + i);
      ObjectNode tool = request.withArray("tools").addObject().put("type", "function");
      tool.putObject("function").put("name", "a".repeat(90) + i);
    }
    request.withArray("messages").addObject().put("role", LONG).put("content", "hello");
    chat(Accounting.ofDefaults(), ChatRequest.ofJson(request.toString()));
    assertThat(events.only(LlmCallStarted.class).context().orElseThrow().byRole())
        .containsKey("(others)");
    assertFits();
  }

  @Test
  void whatAServerNamesIsShortened() {
    loopback.enqueue(
        200,
        "{'id':'%1$s','model':'%1$s','service_tier':'%1$s','choices':[{'message':{'content':''},'finish_reason':'%1$s'}]}"
            .formatted(LONG)
            .replace('\'', '"'));
    chat(Accounting.ofDefaults(), ChatRequest.ofPrompt("gpt-4o", "hello"));
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.completed");
    assertFits();
  }

  @Test
  void anErrorOfAnyLengthEndsItsCall() {
    new CallAccountant(events, Accounting.ofDefaults())
        .chat(ChatRequest.ofPrompt("gpt-4o", "hello").json(), Optional.empty())
        .failed(new IllegalStateException(LONG));
    assertThat(events.only(LlmCallFailed.class).error()).startsWith("long long").endsWith("…");
    assertFits();
  }

  @Test
  void aModelThatAServerDoesNotKnowMayHaveAnyName() {
    loopback.enqueue(404, "{\"error\":{\"message\":\"no\",\"code\":\"model_not_found\"}}");
    LlmException failure =
        catchThrowableOfType(
            LlmException.class,
            () -> chat(Accounting.ofDefaults(), ChatRequest.ofPrompt(LONG, "hello")));
    assertThat(failure.kind()).isEqualTo(FailureKind.MODEL_NOT_FOUND);
    assertThat(events.types()).containsExactly("llm_call.started", "llm_call.failed");
    assertFits();
  }

  private void chat(Accounting accounting, ChatRequest request) {
    try (LlmClient client =
        loopback.client(loopback.settings("gpt-4o").withAccounting(accounting))) {
      client.chat(request, Optional.empty());
    }
  }

  private void assertFits() {
    assertThat(events.asText().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(EventLog.LARGEST_PAYLOAD_BYTES);
  }
}

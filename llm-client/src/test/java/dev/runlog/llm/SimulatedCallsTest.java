package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runlog.events.payload.LlmCallCompleted;
import dev.runlog.events.payload.LlmCallFailed;
import dev.runlog.events.payload.LlmCallRetried;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.llm.simulator.FaultRates;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SimulatedCallsTest {

  private static final List<String> MODELS = List.of("gpt-4o-mini", "gpt-5-mini", "gpt-3.5-turbo");

  private final RecordedEvents events = new RecordedEvents();

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "gpt-5-mini"})
  void streamsAnswersThatEqualTheUnstreamed(String model) {
    RecordedEvents streamed = new RecordedEvents();
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
        LlmClient client =
            new LlmClient(LlmSettings.of(simulator.baseUrl(), Optional.empty(), model), streamed)) {
      ChatRequest chat = ChatRequest.ofPrompt(model, "What is a run?");
      StringBuilder text = new StringBuilder();
      ChatResponse answer =
          client.streamChat(chat, Optional.empty(), delta -> text.append(delta.text()));
      assertThat(text).hasToString(answer.text());
      assertThat(answer.text()).isEqualTo(client.chat(chat, Optional.empty()).text());
      ResponsesRequest request = ResponsesRequest.ofPrompt(model, "What is a run?");
      assertThat(client.streamResponse(request, Optional.empty(), delta -> {}).text())
          .isEqualTo(client.respond(request, Optional.empty()).text());
    }
    assertThat(streamed.all(LlmCallCompleted.class))
        .hasSize(4)
        .allSatisfy(call -> assertThat(call.estimateErrorTokens()).contains(0L));
  }

  @Test
  void callsTheToolThatIsRequired() {
    RecordedEvents calls = new RecordedEvents();
    String request =
        "{\"model\":\"gpt-4o\",\"tool_choice\":\"required\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}]}";
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
        LlmClient client =
            new LlmClient(LlmSettings.of(simulator.baseUrl(), Optional.empty(), "gpt-4o"), calls)) {
      ChatResponse whole = client.chat(ChatRequest.ofJson(request), Optional.empty());
      ChatResponse streamed =
          client.streamChat(ChatRequest.ofJson(request), Optional.empty(), delta -> {});
      assertThat(whole.message().at("/tool_calls/0/function/name").asText()).isEqualTo("look");
      assertThat(streamed.message().path("tool_calls"))
          .isEqualTo(whole.message().path("tool_calls"));
      assertThat(streamed.finishReason()).contains("tool_calls");
    }
  }

  @Test
  void logsTheSumsThatTheServerReported() {
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
        LlmClient client = client(simulator)) {
      IntStream.range(0, 50).parallel().forEach(i -> client.chat(request(i), Optional.empty()));
      List<LlmCallCompleted> calls = events.all(LlmCallCompleted.class);
      assertThat(calls).hasSize(50);
      assertThat(calls.stream().mapToLong(call -> call.inputTokens().orElseThrow()).sum())
          .isEqualTo(simulator.totals().promptTokens());
      assertThat(calls.stream().mapToLong(call -> call.outputTokens().orElseThrow()).sum())
          .isEqualTo(simulator.totals().completionTokens());
      assertThat(calls).allMatch(call -> call.estimatedInputTokens().equals(call.inputTokens()));
    }
  }

  @Test
  void endsEveryCallExactlyOnceWhateverTheServerDoes() {
    SimulatorSettings rough =
        SimulatorSettings.DEFAULT.withFaults(new FaultRates(0.2, 0.2, 0.2, 0.2));
    try (Simulator simulator = Simulator.start(rough);
        LlmClient client = client(simulator)) {
      IntStream.range(0, 50).parallel().forEach(i -> callAnyway(client, request(i)));
      int started = events.all(LlmCallStarted.class).size();
      int completed = events.all(LlmCallCompleted.class).size();
      assertThat(started).isEqualTo(50);
      assertThat(completed + events.all(LlmCallFailed.class).size()).isEqualTo(50);
      assertThat(simulator.totals().completions()).isEqualTo(completed);
      assertThat(simulator.totals().requests())
          .isEqualTo(50 + events.all(LlmCallRetried.class).size());
    }
  }

  @Test
  void retriesFaultsThatARequestAsksFor() {
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
        LlmClient client = client(simulator)) {
      ChatRequest request =
          ChatRequest.ofJson(
              "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                  + "\"metadata\":{\"simulate\":\"cut,times=2\"}}");
      assertThat(client.chat(request, Optional.empty()).text()).contains("hello");
      assertThat(events.only(LlmCallCompleted.class).attempts()).isEqualTo(3);
    }
  }

  @Test
  void saysWhichModelIsUnknownAndWhichKeyIsWrong() {
    try (Simulator simulator =
            Simulator.start(SimulatorSettings.DEFAULT.withExpectedKey("another-key-123"));
        LlmClient client = client(simulator)) {
      LlmException failure = callAnyway(client, request(0));
      assertThat(failure.kind()).isEqualTo(FailureKind.AUTHENTICATION);
      assertThat(failure).hasMessageNotContaining("key-of-this-test");
    }
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
        LlmClient client = client(simulator)) {
      LlmException failure = callAnyway(client, ChatRequest.ofPrompt("gpt-none", "hello"));
      assertThat(failure.kind()).isEqualTo(FailureKind.MODEL_NOT_FOUND);
      assertThat(failure).hasMessageContaining("gpt-none");
    }
  }

  private static ChatRequest request(int number) {
    return ChatRequest.ofPrompt(
        MODELS.get(number % MODELS.size()), "Question " + number + ": why? ".repeat(number));
  }

  private static LlmException callAnyway(LlmClient client, ChatRequest request) {
    return catchThrowableOfType(LlmException.class, () -> client.chat(request, Optional.empty()));
  }

  private LlmClient client(Simulator simulator) {
    return new LlmClient(
        LlmSettings.of(
            simulator.baseUrl(), Optional.of("key-of-this-test"), LlmSettings.DEFAULT_MODEL),
        events,
        timing -> new CallTiming(timing.clock(), timing.nanoTime(), () -> 0, pause -> {}));
  }
}

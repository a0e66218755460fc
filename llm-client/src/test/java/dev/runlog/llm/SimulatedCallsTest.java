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

@Timeout(120)
class SimulatedCallsTest {

  private static final List<String> MODELS = List.of("gpt-4o-mini", "gpt-5-mini", "gpt-3.5-turbo");

  private final RecordedEvents events = new RecordedEvents();

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

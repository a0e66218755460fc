package dev.runlog.worker.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.llm.LlmClient;
import dev.runlog.llm.LlmSettings;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.worker.EmbeddedWorker;
import dev.runlog.worker.EmbeddedWorker.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChatHandlerTest {

  @TempDir Path directory;

  @Test
  void answersAPromptAndKeepsWhatTheModelSaid() {
    run(
        List.of("{\"prompt\": \"What is a lease?\"}"),
        outcome -> {
          assertThat(outcome.task(0).state()).isEqualTo(TaskState.DONE);
          ObjectNode result = Json.readObject(outcome.task(0).result().orElseThrow());
          assertThat(result.path("text").asText()).isNotBlank();
          assertThat(result.path("finish_reason").asText()).isEqualTo("stop");
          assertThat(result.path("input_tokens").asInt()).isPositive();
          Event claimed = outcome.events().ofType(EventType.TASK_CLAIMED).get(0);
          LlmCallStarted call =
              Json.read(
                  outcome
                      .events()
                      .ofType(EventType.LLM_CALL_STARTED)
                      .get(0)
                      .payload()
                      .orElseThrow(),
                  LlmCallStarted.class);
          assertThat(call.parentEventId()).contains(claimed.id().value());
          assertThat(call.context().orElseThrow().totalTokens())
              .isEqualTo(result.path("input_tokens").asLong());
        });
  }

  @Test
  void failsAnUnknownModelAtOnce() {
    run(
        List.of("{\"prompt\": \"hi\", \"model\": \"no-such-model\"}"),
        outcome -> {
          assertThat(outcome.task(0).state()).isEqualTo(TaskState.FAILED);
          assertThat(outcome.task(0).attempt()).isEqualTo(1);
          assertThat(outcome.task(0).error().orElseThrow()).contains("no-such-model");
        });
  }

  @Test
  void makesOneUserMessageOfAPromptAndLeavesEverythingElseAsItIs() {
    ObjectNode request =
        Json.readObject("{\"prompt\": \"hi\", \"model\": \"m\", \"temperature\": 0.10}");
    assertThat(ChatBody.of(request).toString())
        .isEqualTo(
            "{\"model\":\"m\",\"temperature\":0.10,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    ObjectNode messages =
        Json.readObject("{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"n\": 2}");
    assertThat(ChatBody.of(messages.deepCopy())).isEqualTo(messages);
  }

  private void run(List<String> lines, Consumer<Outcome> assertions) {
    try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
      LlmSettings settings = LlmSettings.of(simulator.baseUrl(), Optional.empty(), "gpt-5-mini");
      int exitCode =
          new EmbeddedWorker(directory)
              .run(
                  lines,
                  context ->
                      Map.of("chat", new ChatHandler(new LlmClient(settings, context.events()))),
                  assertions);
      assertThat(exitCode).isZero();
    }
  }
}

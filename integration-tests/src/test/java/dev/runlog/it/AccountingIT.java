package dev.runlog.it;

import static dev.runlog.events.log.EventType.LLM_CALL_COMPLETED;
import static dev.runlog.events.log.EventType.LLM_CALL_STARTED;
import static dev.runlog.events.log.EventType.TASK_CLAIMED;
import static dev.runlog.events.log.EventType.TASK_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Program;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.llm.simulator.SimulatorTotals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class AccountingIT {

  private static final int TASKS = 50;

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void everyTokenThatTheModelBilledIsInTheTableOnce() throws Exception {
    try (Simulator model = Simulator.start(SimulatorSettings.DEFAULT)) {
      fleet.callingModelAt(model.baseUrl()).submit(VariedTasks.lines(TASKS));
      assertThat(fleet.run(Program.SUPERVISOR, "--workers", "3", "--drain").exitCode()).isZero();

      assertSumsAre(model.totals());
      assertThat(fleet.events().tasks())
          .hasSize(TASKS)
          .allSatisfy(
              task -> {
                assertThat(task.state()).isEqualTo(TaskState.DONE);
                assertCallOfTaskIsAccounted(task);
              });
    }
  }

  private void assertSumsAre(SimulatorTotals totals) {
    List<Event> completed = fleet.events().all(LLM_CALL_COMPLETED);
    assertThat(completed).hasSize(TASKS);
    assertThat(totals.completions()).isEqualTo(TASKS);
    assertThat(sum(completed, "input_tokens")).isEqualTo(totals.promptTokens());
    assertThat(sum(completed, "output_tokens")).isEqualTo(totals.completionTokens());
  }

  private void assertCallOfTaskIsAccounted(Task task) {
    Event claimed = only(TASK_CLAIMED, "task_id", task.id());
    Event started = single(LLM_CALL_STARTED, "parent_event_id", claimed.id().value());
    JsonNode completed =
        Events.payload(single(LLM_CALL_COMPLETED, "started_event_id", started.id().value()));
    JsonNode result = Json.readObject(task.result().orElseThrow());
    long billed = result.path("input_tokens").asLong();

    assertThat(started.runId()).isEqualTo(claimed.runId());
    assertThat(only(TASK_DONE, "task_id", task.id()).runId()).isEqualTo(claimed.runId());
    assertThat(billed).isPositive();
    assertThat(completed.path("input_tokens").asLong()).isEqualTo(billed);
    assertThat(completed.path("estimated_input_tokens").asLong()).isEqualTo(billed);
    assertThat(completed.path("output_tokens").asLong())
        .isEqualTo(result.path("output_tokens").asLong());
    assertContextAddsUpTo(billed, Events.payload(started).path("context"));
  }

  private static void assertContextAddsUpTo(long tokens, JsonNode context) {
    long parts = 0;
    for (JsonNode role : context.path("by_role")) {
      parts += role.asLong();
    }
    for (String part : List.of("tool_definitions", "response_format", "images", "framing")) {
      parts += context.path(part).asLong();
    }
    assertThat(context.path("total_tokens").asLong()).isEqualTo(tokens).isEqualTo(parts);
  }

  private Event only(EventType type, String field, TaskId task) {
    return single(type, field, task.value());
  }

  private Event single(EventType type, String field, long value) {
    List<Event> found = fleet.events().all(type, field, value);
    assertThat(found).as("%s with %s %d", type.wireName(), field, value).hasSize(1);
    return found.get(0);
  }

  private static long sum(List<Event> events, String field) {
    return events.stream().mapToLong(event -> Events.payload(event).path(field).asLong()).sum();
  }
}

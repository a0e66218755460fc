package dev.runlog.it;

import static dev.runlog.events.log.EventType.PROCESS_PARENT_IGNORED;
import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static dev.runlog.events.log.EventType.PROCESS_STOPPED;
import static dev.runlog.events.log.EventType.TASK_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.RunId;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.RunningProcess;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class LineageIT {

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void everyEventOfAWorkerNamesItsOwnRunAndThatOfItsSupervisor() throws Exception {
    try (Simulator model = Simulator.start(SimulatorSettings.DEFAULT)) {
      RunningProcess supervisor =
          fleet.callingModelAt(model.baseUrl()).startSupervisor("--workers", "2");
      Events events = fleet.events();
      events.await(PROCESS_STARTED, event -> event.emitter().role().equals("worker"), 2);
      fleet.submitPrompts(6);
      events.await(TASK_DONE, 6);
      supervisor.terminate();
      assertThat(supervisor.awaitEnd().exitCode()).isEqualTo(143);

      Event root = events.startsOf("supervisor").get(0);
      assertThat(root.runId().value()).isEqualTo(root.id().value());
      assertThat(root.emitter().parentRunId()).isEmpty();
      assertThat(root.emitter().instanceId()).isEqualTo("supervisor-main");
      assertThat(events.startsOf("worker"))
          .hasSize(2)
          .allSatisfy(start -> assertWholeRunIsBelow(root.runId(), start, events));
      assertThat(events.startsOf("worker"))
          .extracting(start -> start.emitter().instanceId())
          .containsExactlyInAnyOrder("W00001", "W00002");
    }
  }

  private static void assertWholeRunIsBelow(RunId parent, Event start, Events events) {
    assertThat(start.runId().value()).isEqualTo(start.id().value());
    List<Event> ofInstance =
        events.all().stream()
            .filter(event -> event.emitter().instanceId().equals(start.emitter().instanceId()))
            .toList();
    assertThat(ofInstance)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(event -> assertThat(event.emitter()).isEqualTo(start.emitter()))
        .allSatisfy(event -> assertThat(event.emitter().parentRunId()).contains(parent));
  }

  @Test
  void aWorkerStartedByHandIsARoot() throws Exception {
    RunningProcess worker = fleet.start(Program.WORKER, Map.of());
    Events events = fleet.events();
    Event start = events.await(PROCESS_STARTED);
    worker.terminate();

    assertThat(worker.awaitEnd().exitCode()).isEqualTo(143);
    assertThat(start.emitter().parentRunId()).isEmpty();
    assertThat(start.runId().value()).isEqualTo(start.id().value());
    assertThat(events.await(PROCESS_STOPPED).runId()).isEqualTo(start.runId());
    assertThat(events.all(PROCESS_PARENT_IGNORED)).isEmpty();
  }

  @Test
  void anUnreadableParentMakesARootThatSaysWhy() throws Exception {
    Map<String, String> reasons =
        Map.of(
            "abc", "not a whole number",
            "-5", "not a whole number",
            "99999999999999999999", "larger than any run id");
    reasons.keySet().forEach(value -> fleet.start(Program.WORKER, Map.of("PARENT_RUN_ID", value)));
    Events events = fleet.events();

    assertThat(events.await(PROCESS_PARENT_IGNORED, reasons.size()))
        .allSatisfy(
            event -> {
              assertThat(event.emitter().parentRunId()).isEmpty();
              assertThat(events.startOf(event.runId()).emitter()).isEqualTo(event.emitter());
              String value = Events.payload(event).path("value").asText();
              assertThat(Events.payload(event).path("reason").asText())
                  .isEqualTo(reasons.get(value));
            })
        .extracting(event -> Events.payload(event).path("value").asText())
        .containsExactlyInAnyOrderElementsOf(reasons.keySet());
  }
}

package dev.runlog.it;

import static dev.runlog.events.log.EventType.LLM_CALL_COMPLETED;
import static dev.runlog.events.log.EventType.LLM_CALL_FAILED;
import static dev.runlog.events.log.EventType.LLM_CALL_STARTED;
import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static dev.runlog.events.log.EventType.TASK_CLAIMED;
import static dev.runlog.events.log.EventType.TASK_DONE;
import static dev.runlog.events.log.EventType.TASK_RELEASED;
import static dev.runlog.events.log.EventType.WORKER_CRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.HeldModel;
import dev.runlog.it.kit.Pid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class KillWorkerIT {

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void aWorkerKilledInTheMiddleOfACallLosesItsTaskToAnother() throws Exception {
    try (HeldModel model = HeldModel.start()) {
      TaskId task = fleet.submitPrompts(1).get(0);
      fleet.callingModelAt(model.baseUrl()).startSupervisor("--workers", "2");
      Events events = fleet.events();
      model.awaitCalls(1);
      Event victim = events.startOf(events.await(LLM_CALL_STARTED).runId());

      Event crashed = killAndAwaitCrash(victim);
      Event restarted = awaitRestartOf(victim);
      model.open();
      Event done = events.await(TASK_DONE);

      assertCrashIsTold(crashed, victim, task);
      assertReleasedWithTheCrash(crashed, victim, task);
      assertThat(done.runId()).isNotEqualTo(victim.runId());
      assertDoneOnce(task);
      assertCallHasNoEnd(victim.runId());
      assertThat(restarted.emitter().parentRunId()).isEqualTo(victim.emitter().parentRunId());
    }
  }

  private Event killAndAwaitCrash(Event victim) throws InterruptedException {
    try (TornReads reads = TornReads.watch(fleet.events())) {
      Pid.of(victim).kill();
      Event crashed = fleet.events().await(WORKER_CRASHED);
      reads.assertNone();
      return crashed;
    }
  }

  private Event awaitRestartOf(Event victim) throws InterruptedException {
    return fleet
        .events()
        .await(
            PROCESS_STARTED,
            start ->
                start.emitter().instanceId().equals(victim.emitter().instanceId())
                    && !start.runId().equals(victim.runId()));
  }

  private static void assertCrashIsTold(Event crashed, Event victim, TaskId task) {
    JsonNode payload = Events.payload(crashed);
    assertThat(crashed.runId()).isEqualTo(victim.emitter().parentRunId().orElseThrow());
    assertThat(payload.path("worker_instance_id").asText())
        .isEqualTo(victim.emitter().instanceId());
    assertThat(payload.path("worker_run_id").asLong()).isEqualTo(victim.runId().value());
    assertThat(payload.path("pid").asLong()).isEqualTo(Pid.of(victim).value());
    assertThat(payload.path("signal").asText()).isEqualTo("SIGKILL");
    assertThat(payload.path("exit_code").asInt()).isEqualTo(137);
    assertThat(payload.path("restart_delay_ms").asLong()).isBetween(200L, 240L);
    assertThat(payload.path("released_task_ids"))
        .extracting(JsonNode::asLong)
        .containsExactly(task.value());
  }

  private void assertReleasedWithTheCrash(Event crashed, Event victim, TaskId task) {
    assertThat(fleet.events().all(TASK_RELEASED))
        .singleElement()
        .satisfies(
            released -> {
              assertThat(released.id().value()).isEqualTo(crashed.id().value() - 1);
              JsonNode payload = Events.payload(released);
              assertThat(payload.path("task_id").asLong()).isEqualTo(task.value());
              assertThat(payload.path("cause").asText()).isEqualTo("crash");
              assertThat(payload.path("held_by_run_id").asLong()).isEqualTo(victim.runId().value());
            });
  }

  private void assertDoneOnce(TaskId id) {
    Events events = fleet.events();
    Task task = events.task(id);
    assertThat(task.state()).isEqualTo(TaskState.DONE);
    assertThat(task.attempt()).isEqualTo(2);
    assertThat(task.crashes()).isEqualTo(1);
    assertThat(events.all(TASK_DONE)).hasSize(1);
    assertThat(events.all(TASK_CLAIMED)).hasSize(2);
  }

  /** A killed process cannot say that its call ended; the table does not pretend that it did. */
  private void assertCallHasNoEnd(RunId killed) {
    Events events = fleet.events();
    assertThat(events.ofRun(killed, LLM_CALL_STARTED))
        .singleElement()
        .satisfies(
            call -> {
              long id = call.id().value();
              assertThat(events.all(LLM_CALL_COMPLETED, "started_event_id", id)).isEmpty();
              assertThat(events.all(LLM_CALL_FAILED, "started_event_id", id)).isEmpty();
            });
  }
}

package dev.runlog.it;

import static dev.runlog.events.log.EventType.TASK_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class DrainIT {

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void endsWithZeroWhenAllTasksAreDone() throws Exception {
    try (Simulator model = Simulator.start(SimulatorSettings.DEFAULT)) {
      fleet.callingModelAt(model.baseUrl()).submitPrompts(3);
      Outcome outcome = drain();
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.err()).containsExactly("drained: 3 done, 0 failed, 0 cancelled");
      assertThat(fleet.events().tasks()).extracting(Task::state).containsOnly(TaskState.DONE);
    }
  }

  @Test
  void endsWithZeroWhenThereIsNothingToDo() throws Exception {
    Outcome outcome = drain();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).containsExactly("drained: 0 done, 0 failed, 0 cancelled");
  }

  @Test
  void endsWithOneAndNamesTheTaskThatFailed() throws Exception {
    try (Simulator model = Simulator.start(SimulatorSettings.DEFAULT)) {
      fleet.callingModelAt(model.baseUrl()).submitPrompts(1);
      TaskId failing = fleet.submit("{\"prompt\": \"hello\", \"model\": \"no-such-model\"}").get(0);
      Outcome outcome = drain();

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err()).first().isEqualTo("drained: 1 done, 1 failed, 0 cancelled");
      assertThat(outcome.err())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("task " + failing + " failed")
                      .contains("The model `no-such-model` does not exist")
                      .contains("check the model's name"));
      assertFailedAtOnce(failing);
    }
  }

  private void assertFailedAtOnce(TaskId id) {
    Events events = fleet.events();
    Task task = events.task(id);
    assertThat(task.state()).isEqualTo(TaskState.FAILED);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(events.all(TASK_FAILED))
        .singleElement()
        .satisfies(
            failed -> assertThat(Events.payload(failed).path("will_retry").asBoolean()).isFalse());
  }

  private Outcome drain() throws InterruptedException {
    return fleet.run(Program.SUPERVISOR, "--workers", "1", "--drain");
  }
}

package dev.runlog.it;

import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static dev.runlog.events.log.EventType.TASK_DONE;
import static dev.runlog.events.log.EventType.TASK_RELEASED;
import static dev.runlog.events.log.EventType.WORKER_CRASHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunState;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.HeldModel;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Pid;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.RunningProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class KillSupervisorIT {

  private static final int TASKS = 4;
  private static final Duration LONGEST_LIFE_OF_ORPHANS = Duration.ofSeconds(5);

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void workersOutliveTheirKilledSupervisorByFiveSecondsAtMost() throws Exception {
    try (HeldModel model = HeldModel.start()) {
      RunningProcess supervisor = startInTheMiddleOfCalls(model);
      List<Event> workers = fleet.events().startsOf("worker");

      supervisor.kill();
      long killedAt = System.nanoTime();
      for (Event worker : workers) {
        Pid.of(worker).awaitGone(LONGEST_LIFE_OF_ORPHANS.minusNanos(System.nanoTime() - killedAt));
      }
      assertThat(supervisor.awaitEnd().exitCode()).isEqualTo(137);
      assertThat(causesOfReleases()).containsExactly("parent_gone", "parent_gone");

      model.open();
      assertSuccessorFinishesTheQueue();
      assertThat(fleet.events().tasks()).extracting(Task::attempt).containsOnly(1);
    }
  }

  @Test
  void aSuccessorTakesTheTasksOfWorkersThatWereKilledToo() throws Exception {
    try (HeldModel model = HeldModel.start()) {
      RunningProcess supervisor = startInTheMiddleOfCalls(model);
      List<Pid> workers = fleet.events().startsOf("worker").stream().map(Pid::of).toList();

      supervisor.kill();
      workers.forEach(Pid::kill);
      supervisor.awaitEnd();
      for (Pid worker : workers) {
        worker.awaitGone(LONGEST_LIFE_OF_ORPHANS);
      }
      assertThat(fleet.events().runs())
          .filteredOn(run -> run.emitter().role().matches("supervisor|worker"))
          .extracting(Run::state)
          .containsOnly(RunState.RUNNING);

      model.open();
      assertSuccessorFinishesTheQueue();
      assertThat(causesOfReleases()).containsExactly("crash", "crash");
      assertThat(fleet.events().all(WORKER_CRASHED))
          .as("the dead supervisor and its two workers")
          .hasSize(3);
    }
  }

  @Test
  void aSecondSupervisorOfTheSameNameTurnsBack() throws Exception {
    RunningProcess first = fleet.startSupervisor("--workers", "1");
    Events events = fleet.events();
    events.await(PROCESS_STARTED, event -> event.emitter().role().equals("worker"));

    Outcome second = fleet.run(Program.SUPERVISOR, "--workers", "1");

    assertThat(second.exitCode()).isEqualTo(75);
    assertThat(second.err())
        .singleElement()
        .asString()
        .startsWith("runlog: supervisor-main is already running as pid " + first.pid())
        .contains("stop it first, or start under another INSTANCE_ID");
    assertThat(first.isAlive()).isTrue();
    assertThat(events.startsOf("worker")).hasSize(1);
  }

  private RunningProcess startInTheMiddleOfCalls(HeldModel model) throws InterruptedException {
    fleet.submitPrompts(TASKS);
    RunningProcess supervisor =
        fleet.callingModelAt(model.baseUrl()).startSupervisor("--workers", "2");
    model.awaitCalls(2);
    return supervisor;
  }

  private void assertSuccessorFinishesTheQueue() throws InterruptedException {
    Outcome successor = fleet.run(Program.SUPERVISOR, "--workers", "2", "--drain");
    assertThat(successor.exitCode()).isZero();
    Events events = fleet.events();
    assertThat(events.runs()).extracting(Run::state).doesNotContain(RunState.RUNNING);
    assertThat(events.tasks())
        .hasSize(TASKS)
        .allSatisfy(
            task -> {
              assertThat(task.state()).isEqualTo(TaskState.DONE);
              assertThat(events.all(TASK_DONE, "task_id", task.id().value())).hasSize(1);
            });
  }

  private List<String> causesOfReleases() {
    return fleet.events().all(TASK_RELEASED).stream()
        .map(event -> Events.payload(event).path("cause").asText())
        .toList();
  }
}

package dev.runlog.it;

import static dev.runlog.events.log.EventType.PROCESS_STARTED;
import static dev.runlog.events.log.EventType.PROCESS_STOPPED;
import static dev.runlog.events.log.EventType.TASK_CLAIMED;
import static dev.runlog.events.log.EventType.TASK_DONE;
import static dev.runlog.events.log.EventType.TASK_RELEASED;
import static dev.runlog.events.log.EventType.WORKER_CRASHED;
import static dev.runlog.events.log.EventType.WORKER_EXITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.HeldModel;
import dev.runlog.it.kit.Requirement;
import dev.runlog.it.kit.RunningProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class SignalsIT {

  private static final Duration BETWEEN_SIGNALS = Duration.ofMillis(250);

  @RegisterExtension final Fleet fleet = new Fleet();

  @Test
  void sigtermFinishesTheCallAndClaimsNothingMore() throws Exception {
    try (HeldModel model = HeldModel.start()) {
      TaskId running = fleet.submitPrompts(1).get(0);
      RunningProcess supervisor = startWithOneOfTwoWorkersInACall(model);
      supervisor.terminate();
      // The idle worker goes at once, and when that is recorded both have been asked to.
      fleet.events().await(WORKER_EXITED);
      TaskId late = fleet.submitPrompts(1).get(0);
      model.open();

      assertThat(supervisor.awaitEnd().exitCode()).isEqualTo(143);
      Events events = fleet.events();
      assertThat(events.task(running).state()).isEqualTo(TaskState.DONE);
      assertThat(events.task(late).state()).isEqualTo(TaskState.QUEUED);
      assertThat(events.all(TASK_CLAIMED)).hasSize(1);
      assertEveryRunStoppedBecauseOf("SIGTERM");
      assertThat(events.all(WORKER_EXITED)).hasSize(2);
      assertThat(events.all(WORKER_CRASHED)).isEmpty();
    }
  }

  @Test
  void sigintEndsTheFleetWithItsOwnExitCode() throws Exception {
    Requirement.reachableBy(2, "SIGINT");
    RunningProcess supervisor = fleet.startSupervisor("--workers", "1");
    Events events = fleet.events();
    awaitWorkers(1);
    supervisor.interrupt();

    assertThat(supervisor.awaitEnd().exitCode()).isEqualTo(130);
    Event root = events.startsOf("supervisor").get(0);
    assertThat(events.ofRun(root.runId(), PROCESS_STOPPED))
        .singleElement()
        .satisfies(
            stop -> {
              assertThat(Events.payload(stop).path("reason").asText()).isEqualTo("SIGINT");
              assertThat(Events.payload(stop).path("exit_code").asInt()).isEqualTo(130);
            });
    assertThat(events.all(WORKER_EXITED)).hasSize(1);
  }

  @Test
  void aSecondSigtermSkipsTheDrainAndGivesTheTaskBackUnused() throws Exception {
    try (HeldModel model = HeldModel.start()) {
      TaskId task = fleet.submitPrompts(1).get(0);
      RunningProcess supervisor = startWithOneOfTwoWorkersInACall(model);
      askAgainUntilItEnds(supervisor);

      assertThat(supervisor.awaitEnd().exitCode()).isEqualTo(143);
      Events events = fleet.events();
      assertThat(events.all(TASK_RELEASED))
          .singleElement()
          .satisfies(
              released ->
                  assertThat(Events.payload(released).path("cause").asText())
                      .isEqualTo("shutdown"));
      Task released = events.task(task);
      assertThat(released.state()).isEqualTo(TaskState.QUEUED);
      assertThat(released.attempt()).isZero();
      assertThat(released.crashes()).isZero();
      assertThat(events.all(TASK_DONE)).isEmpty();
      assertThat(events.all(WORKER_CRASHED)).isEmpty();
    }
  }

  private RunningProcess startWithOneOfTwoWorkersInACall(HeldModel model)
      throws InterruptedException {
    RunningProcess supervisor =
        fleet.callingModelAt(model.baseUrl()).startSupervisor("--workers", "2");
    awaitWorkers(2);
    model.awaitCalls(1);
    return supervisor;
  }

  private void awaitWorkers(int count) throws InterruptedException {
    fleet.events().await(PROCESS_STARTED, event -> event.emitter().role().equals("worker"), count);
  }

  /** Signals that follow within 2 s mean nothing; the first one after that does. */
  private static void askAgainUntilItEnds(RunningProcess supervisor) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    do {
      supervisor.terminate();
    } while (!supervisor.endsWithin(BETWEEN_SIGNALS) && System.nanoTime() < deadline);
  }

  private void assertEveryRunStoppedBecauseOf(String reason) {
    Events events = fleet.events();
    assertThat(events.all(PROCESS_STARTED))
        .filteredOn(start -> !start.emitter().role().equals("submitter"))
        .hasSize(3)
        .allSatisfy(
            start ->
                assertThat(events.ofRun(start.runId(), PROCESS_STOPPED))
                    .singleElement()
                    .satisfies(
                        stop ->
                            assertThat(Events.payload(stop).path("reason").asText())
                                .isEqualTo(reason)));
  }
}

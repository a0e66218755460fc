package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.StoreContract;
import dev.runlog.events.payload.ProcessFailed;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerExited;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

abstract class RunTreeContract extends StoreContract {

  @Test
  void nestsRunsUnderTheRunThatSpawnedThem() {
    Emitter orchestrator = root("orchestrator", "orchestrator");
    Emitter supervisor = childOf(orchestrator, "supervisor-main", "supervisor");
    Emitter first = childOf(supervisor, "W00001", "worker");
    Emitter second = childOf(supervisor, "W00002", "worker");
    Emitter lonely = root("W00003", "worker");

    List<Run> roots = new RunTree(database).roots();

    assertThat(roots).extracting(Run::id).containsExactly(orchestrator.runId(), lonely.runId());
    Run supervised = roots.get(0).children().get(0);
    assertThat(supervised.id()).isEqualTo(supervisor.runId());
    assertThat(supervised.children())
        .extracting(Run::id)
        .containsExactly(first.runId(), second.runId());
    assertThat(supervised.children().get(0).pid()).isEqualTo(2);
    assertThat(new RunTree(database).of(supervisor.runId()).orElseThrow().children()).hasSize(2);
    assertThat(new RunTree(database).of(run(99))).isEmpty();
  }

  @Test
  void countsFromTheStartOfTheProcessAsItsUptimeDoes() {
    Instant startedAt = NOW.minusMillis(750);
    Emitter root =
        log.start(
            Optional.empty(),
            "supervisor-main",
            "supervisor",
            new ProcessStarted("dev", 1, "host", "17", startedAt.toEpochMilli()));

    assertThat(new RunTree(database).of(root.runId()).orElseThrow().startedAt())
        .isEqualTo(startedAt);
  }

  @Test
  void saysHowEachRunEnded() {
    Emitter supervisor = root("supervisor-main", "supervisor");
    Emitter stopped = childOf(supervisor, "W00001", "worker");
    Emitter failed = childOf(supervisor, "W00002", "worker");
    Emitter killed = childOf(supervisor, "W00003", "worker");
    log.append(stopped, new ProcessStopped(0, "completed", 10));
    log.append(supervisor, exited("W00001", stopped));
    log.append(failed, new ProcessFailed(70, "broken", 10));
    log.append(supervisor, crashed("W00002", failed));
    log.append(supervisor, crashed("W00003", killed));

    Run run = new RunTree(database).of(supervisor.runId()).orElseThrow();

    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    assertThat(run.endedAt()).isEmpty();
    assertThat(run.children())
        .extracting(Run::state)
        .containsExactly(RunState.STOPPED, RunState.FAILED, RunState.CRASHED);
    assertThat(run.children()).allSatisfy(child -> assertThat(child.endedAt()).contains(NOW));
  }

  @Test
  void showsARunWhoseParentIsNotInThisTableAsARoot() {
    Emitter orphan = log.start(Optional.of(run(4711)), "W00001", "worker", started(1));
    assertThat(new RunTree(database).roots()).extracting(Run::id).containsExactly(orphan.runId());
  }

  @Test
  void tellsTheEndThatALaterSupervisorSaw() {
    Emitter dead = root("supervisor-main", "supervisor");
    Emitter orphan = childOf(dead, "W00001", "worker");
    Emitter next = root("supervisor-main", "supervisor");
    log.append(next, crashed("W00001", orphan));

    Run run = new RunTree(database).of(dead.runId()).orElseThrow();

    assertThat(run.children()).extracting(Run::state).containsExactly(RunState.CRASHED);
  }

  @Test
  void givesATreeWithTheEventsOfEachRun() {
    Emitter supervisor = root("supervisor-main", "supervisor");
    Emitter worker = childOf(supervisor, "W00001", "worker");
    Emitter helper = childOf(worker, "helper", "helper");
    root("W00002", "worker");
    log.append(helper, new ProcessStopped(0, "completed", 10));
    log.append(worker, new ProcessStopped(0, "completed", 20));

    RunHistory history = new RunTree(database).historyOf(supervisor.runId()).orElseThrow();

    assertThat(history.root()).isEqualTo(new RunTree(database).of(supervisor.runId()).get());
    assertThat(history.events())
        .containsOnlyKeys(supervisor.runId(), worker.runId(), helper.runId());
    assertThat(history.of(worker.runId())).isEqualTo(events.ofRun(worker.runId())).hasSize(2);
    assertThat(history.of(run(99))).isEmpty();
    assertThat(new RunTree(database).historyOf(run(99))).isEmpty();
  }

  private static WorkerExited exited(String instanceId, Emitter worker) {
    return new WorkerExited(
        instanceId, Optional.of(worker.runId().value()), 2, 0, Optional.empty(), 10, List.of());
  }

  private static WorkerCrashed crashed(String instanceId, Emitter worker) {
    return new WorkerCrashed(
        instanceId,
        Optional.of(worker.runId().value()),
        2,
        137,
        Optional.of("SIGKILL"),
        10,
        List.of(),
        Optional.of(200L),
        "",
        Optional.empty());
  }
}

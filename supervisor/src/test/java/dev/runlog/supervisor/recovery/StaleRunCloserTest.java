package dev.runlog.supervisor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunState;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.EmbeddedRun;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleRunCloserTest {

  /** No process has it: the kernel's largest is 4194304. */
  private static final long NO_PID = 99_999_999;

  @TempDir Path directory;

  @Test
  void closesTheRunsOfADeadPredecessorAndReleasesTheirTasks() {
    run(
        context -> {
          Emitter supervisor =
              start(context, Optional.empty(), "supervisor-main", NO_PID, host(context));
          Emitter worker =
              start(context, Optional.of(supervisor.runId()), "W00001", NO_PID, host(context));
          TaskQueue queue = queue(context);
          queue.submit(context.emitter(), List.of(TaskSpec.prompt("hello")));
          queue.claimNext(worker, Set.of("chat"));

          assertThat(new StaleRunCloser(context).closeAll()).isEqualTo(2);

          assertThat(stateOf(context, worker)).isEqualTo(RunState.CRASHED);
          assertThat(stateOf(context, supervisor)).isEqualTo(RunState.CRASHED);
          assertThat(crashes(context))
              .extracting(WorkerCrashed::releasedTaskIds)
              .containsExactlyInAnyOrder(List.of(), List.of(1L));
          assertThat(new TaskQuery(context.database()).counts().of(TaskState.QUEUED)).isEqualTo(1);
          assertThat(new StaleRunCloser(context).closeAll()).isZero();
        });
  }

  @Test
  void leavesTheLivingTheEndedAndTheRunsOfOtherHostsAlone() {
    run(
        context -> {
          startAsThisProcess(context, "alive");
          start(context, Optional.empty(), "elsewhere", NO_PID, "another-host");
          Emitter ended = start(context, Optional.empty(), "ended", NO_PID, host(context));
          context.log().append(ended, new ProcessStopped(0, "completed", 1));

          assertThat(new StaleRunCloser(context).closeAll()).isZero();
        });
  }

  @Test
  void leavesTheDeadToTheirOwnSupervisorAsLongAsThatLives() {
    run(
        context -> {
          Emitter other = startAsThisProcess(context, "supervisor-other");
          Emitter orchestrator = startAsThisProcess(context, "W00009");
          start(context, Optional.of(other.runId()), "W00001", NO_PID, host(context));
          start(context, Optional.of(context.runId()), "W00002", NO_PID, host(context));
          Emitter unwatched =
              start(context, Optional.of(orchestrator.runId()), "W00003", NO_PID, host(context));

          assertThat(new StaleRunCloser(context).closeAll()).isEqualTo(1);
          assertThat(stateOf(context, unwatched)).isEqualTo(RunState.CRASHED);
        });
  }

  @Test
  void takesAPidThatCameRoundAgainForAnotherProcess() {
    run(
        context -> {
          long yearsAgo = 1_000_000_000_000L;
          Emitter reused =
              context
                  .log()
                  .start(
                      Optional.empty(),
                      "W00001",
                      "worker",
                      new ProcessStarted(
                          "1", ProcessHandle.current().pid(), host(context), "17", yearsAgo));
          assertThat(new StaleRunCloser(context).closeAll()).isEqualTo(1);
          assertThat(stateOf(context, reused)).isEqualTo(RunState.CRASHED);
        });
  }

  @Test
  void closesADeadHolderOfTasksThatNobodySupervises() {
    run(
        context -> {
          Emitter worker = start(context, Optional.empty(), "W00007", NO_PID, host(context));
          start(context, Optional.empty(), "W00008", NO_PID, host(context));
          queue(context).submit(context.emitter(), List.of(TaskSpec.prompt("hello")));
          queue(context).claimNext(worker, Set.of("chat"));

          assertThat(new StaleRunCloser(context).closeHolders()).isEqualTo(1);
          assertThat(new TaskQuery(context.database()).holders()).isEmpty();
        });
  }

  private void run(Consumer<RunContext> body) {
    EmbeddedRun run = new EmbeddedRun(directory.resolve("runlog.db"));
    run.succeed(body);
    assertThat(run.err()).isEmpty();
  }

  private static Emitter startAsThisProcess(RunContext context, String instanceId) {
    ProcessHandle self = ProcessHandle.current();
    long startedAt = self.info().startInstant().orElseThrow().toEpochMilli();
    return context
        .log()
        .start(
            Optional.empty(),
            instanceId,
            roleOf(instanceId),
            new ProcessStarted("1", self.pid(), host(context), "17", startedAt));
  }

  private static Emitter start(
      RunContext context, Optional<RunId> parent, String instanceId, long pid, String host) {
    return context
        .log()
        .start(parent, instanceId, roleOf(instanceId), new ProcessStarted("1", pid, host, "17", 0));
  }

  private static String roleOf(String instanceId) {
    return instanceId.startsWith("W") ? "worker" : "supervisor";
  }

  private static String host(RunContext context) {
    return new EventQuery(context.database())
        .ofRun(context.runId(), EventType.PROCESS_STARTED).stream()
            .map(event -> Json.read(event.payload().orElseThrow(), ProcessStarted.class).host())
            .findFirst()
            .orElseThrow();
  }

  private static TaskQueue queue(RunContext context) {
    return new TaskQueue(context.database(), context.log(), InstantSource.system());
  }

  private static RunState stateOf(RunContext context, Emitter emitter) {
    return new RunTree(context.database()).of(emitter.runId()).map(Run::state).orElseThrow();
  }

  private static List<WorkerCrashed> crashes(RunContext context) {
    return new EventQuery(context.database())
        .ofType(EventType.WORKER_CRASHED).stream()
            .map(event -> Json.read(event.payload().orElseThrow(), WorkerCrashed.class))
            .toList();
  }
}

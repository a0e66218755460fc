package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerExited;
import dev.runlog.events.payload.WorkerGaveUp;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.process.ExitCode;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.control.Crew;
import dev.runlog.supervisor.restart.RestartRule;
import dev.runlog.supervisor.revision.Deployment;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.Spares;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a child is started again, and what is told of its end. */
class ChildRestartTest extends SmallFleetTest {

  @Test
  void givesUpASlotWhoseChildNeverBecomesARun() {
    int exitCode =
        run.run(
            context ->
                new Supervisor(context, List.of(shell("W00001", "echo cannot start; exit 3")))
                    .run());

    assertThat(exitCode).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(run.err()).contains("all 1 slot(s) gave up");
    List<WorkerCrashed> crashes = payloads(EventType.WORKER_CRASHED, WorkerCrashed.class);
    assertThat(crashes).hasSize(3);
    assertThat(crashes)
        .allSatisfy(
            crash -> {
              assertThat(crash.exitCode()).isEqualTo(3);
              assertThat(crash.signal()).isEmpty();
              assertThat(crash.workerRunId()).isEmpty();
              assertThat(crash.lastOutput()).contains("cannot start");
            });
    assertThat(crashes.get(0).restartDelayMs().orElseThrow()).isBetween(200L, 240L);
    assertThat(crashes.get(1).restartDelayMs().orElseThrow()).isBetween(400L, 480L);
    assertThat(crashes.get(2).restartDelayMs()).isEmpty();
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class))
        .extracting(WorkerSpawned::restartCount)
        .containsExactly(0, 1, 2);
    assertThat(payloads(EventType.WORKER_GAVE_UP, WorkerGaveUp.class)).hasSize(1);
    assertThat(directory.resolve("W00001.log")).content().contains("cannot start");
  }

  @Test
  void doesNotRestartAChildThatSaysThatItIsMisconfigured() {
    int exitCode =
        run.run(context -> new Supervisor(context, List.of(shell("W00001", "exit 78"))).run());

    assertThat(exitCode).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class)).hasSize(1);
    assertThat(payloads(EventType.WORKER_GAVE_UP, WorkerGaveUp.class))
        .singleElement()
        .satisfies(gaveUp -> assertThat(gaveUp.reason()).contains("exits with 78"));
  }

  @Test
  void countsACommandThatCannotBeStartedAsACrash() {
    SlotSpec missing =
        new SlotSpec("W00001", "worker", List.of("/no/such/program"), Map.of(), log("W00001"));
    int exitCode = run.run(context -> new Supervisor(context, List.of(missing)).run());

    assertThat(exitCode).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .hasSize(3)
        .allSatisfy(crash -> assertThat(crash.lastOutput()).contains("/no/such/program"));
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class)).isEmpty();
  }

  @Test
  void namesTheSignalThatKilledAChildAndGoesOnWithTheOthers() {
    int exitCode =
        run.run(
            context ->
                whileRunning(
                    new Supervisor(
                        context,
                        List.of(shell("W00001", "kill -9 $$"), shell("W00002", "exec sleep 60"))),
                    context,
                    event -> event.is(EventType.WORKER_GAVE_UP)));

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .allSatisfy(
            crash -> {
              assertThat(crash.workerInstanceId()).isEqualTo("W00001");
              assertThat(crash.signal()).contains("SIGKILL");
              assertThat(crash.exitCode()).isEqualTo(137);
            });
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .extracting(WorkerExited::workerInstanceId)
        .containsExactly("W00002");
  }

  @Test
  void startsAChildThatIsToEndOnlyOnce() {
    SlotSpec once = program("job", "exit 0").withRestart(RestartRule.ON_FAILURE);
    int exitCode = run.run(context -> new Supervisor(context, List.of(once)).run());

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class)).hasSize(1);
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class)).isEmpty();
  }

  @Test
  void doesNotStartAChildAgainThatIsNeverToBe() {
    SlotSpec once = program("job", "exit 9").withRestart(RestartRule.NEVER);
    int exitCode = run.run(context -> new Supervisor(context, List.of(once)).run());

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .singleElement()
        .satisfies(crash -> assertThat(crash.restartDelayMs()).isEmpty());
  }

  @Test
  void startsAChildThatRecyclesItselfAtOnceAndCountsNoCrash() {
    Path mark = directory.resolve("mark");
    String script = "[ -e %s ] && exit 0; touch %s; sleep 1.1; exit 75".formatted(mark, mark);
    SlotSpec recycles = program("job", script).withRestart(RestartRule.ON_FAILURE);
    run.run(context -> new Supervisor(context, List.of(recycles)).run());

    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .extracting(WorkerExited::exitCode)
        .containsExactly(75, 0);
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class)).isEmpty();
  }

  @Test
  void namesAChildThatRanOutOfMemory() {
    String script = "echo 'Terminating due to java.lang.OutOfMemoryError: Java heap space'; exit 3";
    SlotSpec once = shell("W00001", script).withRestart(RestartRule.NEVER);
    run.run(context -> new Supervisor(context, List.of(once)).run());

    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .extracting(WorkerCrashed::reason)
        .containsExactly(Optional.of("out of memory: Java heap space"));
  }

  @Test
  void dumpsAndKillsAChildThatNeverBecomesARun() {
    String script = "trap 'echo a thread dump' QUIT; while :; do sleep 0.1; done";
    SlotSpec hangs =
        shell("W00001", script)
            .withRestart(RestartRule.NEVER)
            .withBootTimeout(Optional.of(Duration.ofSeconds(1)));
    run.run(context -> new Supervisor(context, List.of(hangs)).run());

    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .singleElement()
        .satisfies(
            crash -> {
              assertThat(crash.reason()).contains("no process.started within 1 s; it was killed");
              assertThat(crash.signal()).contains("SIGKILL");
              assertThat(crash.lastOutput()).contains("a thread dump");
            });
  }

  @Test
  void killsAChildWhoseHeartbeatStopsAndSaysSo() {
    SlotSpec hangs =
        shell("W00001", "trap '' QUIT; while :; do sleep 0.1; done")
            .withRestart(RestartRule.NEVER)
            .withLongestSilence(Duration.ofSeconds(1));
    run.run(
        context -> {
          Thread child = new Thread(() -> beatOnceAs("W00001", context));
          child.start();
          int exitCode = new Supervisor(context, List.of(hangs)).run();
          child.join();
          return exitCode;
        });

    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .singleElement()
        .satisfies(
            crash -> {
              assertThat(crash.reason()).contains("no heartbeat for 1 s; it was killed");
              assertThat(crash.workerRunId()).isPresent();
            });
  }

  @Test
  void aSpareTakesThePlaceOfAChildThatDies() {
    // The spare is told its variables in a line; the first child ends when the spare is there.
    String script =
        "if [ \"$0\" = --spare ]; then trap '' TERM; touch spare; read role; echo \"$role\"; exit; fi;"
            + " while [ ! -e spare ]; do :; done; kill -9 $$";
    SlotSpec slot =
        program("W00001", "cd " + directory + "; " + script).withRestart(RestartRule.ON_FAILURE);
    Spares spares = Spares.of(1, slot.command(), command -> true, log("spare"));

    int exitCode =
        run.run(
            context ->
                whileRunning(
                    new Supervisor(
                        context, List.of(slot), Crew.fixed("fixed"), Deployment.none(), spares),
                    context,
                    event ->
                        event.is(EventType.WORKER_SPAWNED)
                            && event.payload().orElseThrow().contains("\"restart_count\":1")));

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class))
        .singleElement()
        .satisfies(crash -> assertThat(crash.restartDelayMs()).contains(0L));
    assertThat(log("W00001")).content().contains("\"INSTANCE_ID\":\"W00001\"");
    assertNoneIsLeft(2);
  }

  /** Becomes a run in the place of the child, and beats once. */
  private static void beatOnceAs(String instanceId, RunContext context) {
    EventFeed feed = EventFeed.after(context.database(), 0);
    Optional<WorkerSpawned> spawned = Optional.empty();
    while (spawned.isEmpty()) {
      spawned =
          feed.next(Duration.ofSeconds(30)).stream()
              .filter(event -> event.is(EventType.WORKER_SPAWNED))
              .map(event -> Json.read(event.payload().orElseThrow(), WorkerSpawned.class))
              .findFirst();
    }
    Emitter child =
        context
            .log()
            .start(
                Optional.of(context.runId()),
                instanceId,
                "worker",
                new ProcessStarted("dev", spawned.get().pid(), "host", "17", 0));
    new Heartbeats(context.database(), InstantSource.system()).beat(child.runId());
  }
}

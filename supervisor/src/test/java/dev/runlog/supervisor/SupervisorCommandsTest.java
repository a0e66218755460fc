package dev.runlog.supervisor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.control.CommandQueue;
import dev.runlog.events.control.Verb;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ControlObeyed;
import dev.runlog.events.payload.ControlRefused;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerExited;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.control.Crew;
import dev.runlog.supervisor.restart.RestartRule;
import dev.runlog.supervisor.revision.Deployment;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.Spares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What people ask of a running supervisor. */
class SupervisorCommandsTest extends SmallFleetTest {

  @Test
  void restartsStopsAndScalesAsAskedAndEndsWhenItsOwnNameIsStopped() {
    SlotSpec first = program("W00001", "exec sleep 60");
    SlotSpec second = program("W00002", "exec sleep 60");
    int exitCode =
        run.run(
            context -> {
              CommandQueue commands = commands(context);
              Iterator<Runnable> wishes =
                  List.<Runnable>of(
                          () -> ask(commands, context, Verb.RESTART, "W00001"),
                          () -> ask(commands, context, Verb.STOP, "W00001"),
                          () ->
                              commands.ask(context.emitter(), Verb.SCALE, "worker", Optional.of(2)),
                          () ->
                              commands.ask(
                                  context.emitter(), Verb.SCALE, "supervisor-main", Optional.of(2)),
                          () -> ask(commands, context, Verb.STOP, "supervisor-main"))
                      .iterator();
              return whileRunning(
                  new Supervisor(
                      context,
                      List.of(first),
                      (role, count) -> List.of(first, second),
                      Deployment.none(),
                      Spares.none()),
                  context,
                  event -> {
                    boolean isNext = isAnswer(event) || isFirstSpawn(event);
                    if (isNext && wishes.hasNext()) {
                      wishes.next().run();
                    }
                    return isNext && !wishes.hasNext() && isAnswerToStop(event);
                  });
            });

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.CONTROL_OBEYED, ControlObeyed.class))
        .extracting(ControlObeyed::verb)
        .containsExactly("restart", "stop", "scale", "scale", "stop");
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class))
        .extracting(WorkerSpawned::workerInstanceId)
        .contains("W00001", "W00002");
    assertThat(payloads(EventType.WORKER_CRASHED, WorkerCrashed.class)).isEmpty();
  }

  @Test
  void doesNotObeyWhatWasAskedOfItsPredecessor() {
    run.run(
        context -> {
          ask(commands(context), context, Verb.STOP, "W00001");
          return 0;
        });
    SlotSpec slot = program("W00001", "sleep 1; exit 0").withRestart(RestartRule.ON_FAILURE);
    int exitCode = run.run(context -> new Supervisor(context, List.of(slot)).run());

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.CONTROL_OBEYED, ControlObeyed.class)).isEmpty();
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .extracting(WorkerExited::exitCode)
        .containsExactly(0);
  }

  @Test
  void obeysWhoeverRunsForLongerThanItself() {
    AtomicReference<Emitter> older = new AtomicReference<>();
    run.run(
        context -> {
          older.set(context.emitter());
          return 0;
        });
    SlotSpec slot = program("W00001", "exec sleep 60");
    int exitCode =
        run.run(
            context -> {
              commands(context)
                  .ask(requireNonNull(older.get()), Verb.STOP, "supervisor-main", Optional.empty());
              return new Supervisor(context, List.of(slot)).run();
            });

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.CONTROL_OBEYED, ControlObeyed.class)).hasSize(1);
  }

  @Test
  void startsAWorkerAgainThatIsWantedAgainWhileItStillDrains() {
    Path go = directory.resolve("go");
    String drains =
        "trap 'while [ ! -e %s ]; do :; done; exit 0' TERM; while :; do sleep 0.05; done"
            .formatted(go);
    SlotSpec first = program("W00001", "exec sleep 60");
    SlotSpec second = program("W00002", drains);
    run.run(
        context -> {
          CommandQueue commands = commands(context);
          Iterator<Runnable> wishes =
              List.<Runnable>of(
                      () -> scale(commands, context, 1),
                      () -> scale(commands, context, 2),
                      () -> touch(go))
                  .iterator();
          return whileRunning(
              new Supervisor(
                  context,
                  List.of(first, second),
                  (role, count) -> List.of(first, second).subList(0, count),
                  Deployment.none(),
                  Spares.none()),
              context,
              event -> {
                if ((isAnswer(event) || isSpawnOf("W00002", 0, event)) && wishes.hasNext()) {
                  wishes.next().run();
                }
                return isSpawnOf("W00002", 1, event);
              });
        });

    assertThat(payloads(EventType.CONTROL_OBEYED, ControlObeyed.class))
        .extracting(ControlObeyed::verb)
        .containsExactly("scale", "scale");
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class))
        .filteredOn(spawned -> spawned.workerInstanceId().equals("W00002"))
        .extracting(WorkerSpawned::restartCount)
        .containsExactly(0, 1);
  }

  @Test
  void leavesWhatIsAskedOfItselfToTheSupervisorAboveIt() {
    SlotSpec slot = program("W00001", "exec sleep 60");
    int exitCode =
        run.run(
            context -> {
              CommandQueue commands = commands(context);
              return whileRunning(
                  new Supervisor(
                      context,
                      List.of(slot),
                      Crew.fixed("fixed"),
                      Deployment.none(),
                      Spares.none(),
                      true),
                  context,
                  event -> {
                    if (isFirstSpawn(event)) {
                      ask(commands, context, Verb.STOP, "supervisor-main");
                      ask(commands, context, Verb.RESTART, "supervisor-main");
                      ask(commands, context, Verb.RESTART, "W00001");
                    }
                    return isSpawnOf("W00001", 1, event);
                  });
            });

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.CONTROL_OBEYED, ControlObeyed.class))
        .extracting(ControlObeyed::target)
        .containsExactly("W00001");
    assertThat(payloads(EventType.CONTROL_REFUSED, ControlRefused.class)).isEmpty();
  }

  private static CommandQueue commands(RunContext context) {
    return new CommandQueue(context.database(), context.log(), InstantSource.system());
  }

  private static void ask(CommandQueue commands, RunContext context, Verb verb, String target) {
    commands.ask(context.emitter(), verb, target, Optional.empty());
  }

  private static void scale(CommandQueue commands, RunContext context, int count) {
    commands.ask(context.emitter(), Verb.SCALE, "worker", Optional.of(count));
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAnswer(Event event) {
    return event.is(EventType.CONTROL_OBEYED) || event.is(EventType.CONTROL_REFUSED);
  }

  private static boolean isAnswerToStop(Event event) {
    String payload = event.payload().orElseThrow();
    return isAnswer(event)
        && payload.contains("\"verb\":\"stop\"")
        && payload.contains("\"target\":\"supervisor-main\"");
  }
}

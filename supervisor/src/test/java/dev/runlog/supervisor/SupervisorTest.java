package dev.runlog.supervisor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.control.CommandQueue;
import dev.runlog.events.control.Verb;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ControlObeyed;
import dev.runlog.events.payload.ControlRefused;
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
import dev.runlog.supervisor.slot.Launch;
import dev.runlog.supervisor.slot.Slot;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.SlotState;
import dev.runlog.supervisor.slot.Spares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes, small ones: the rules of a slot need no JVM in it. */
@Timeout(60)
class SupervisorTest {

  @TempDir Path directory;

  private EmbeddedRun run;

  @BeforeEach
  void prepare() {
    run = new EmbeddedRun(directory.resolve("runlog.db"));
  }

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

  /** As after an upgrade of the schema, for which the present build is too old. */
  @Test
  void waitsForTheBuildThatIsStillToBeTriedWhenAllSlotsGaveUp() {
    SlotSpec spec = shell("W00001", "exit 78");
    int exitCode =
        run.run(
            context ->
                whileRunning(
                    new Supervisor(
                        context, List.of(spec), Crew.fixed(""), new LateBuild(), Spares.none()),
                    context,
                    event ->
                        event.is(EventType.WORKER_SPAWNED)
                            && Json.read(event.payload().orElseThrow(), WorkerSpawned.class)
                                .revision()
                                .isPresent()));
    assertThat(exitCode).isZero();
  }

  /** A build whose check is over a while after the present one gave up. */
  private static final class LateBuild implements Deployment {

    private int looksAtNone;

    @Override
    public Launch launchOf(SlotSpec spec) {
      return isAnyAwaited()
          ? new Launch(spec.command(), Optional.empty())
          : new Launch(List.of("sleep", "60"), Optional.of("a".repeat(40)));
    }

    @Override
    public int step(List<Slot> slots) {
      if (slots.stream().allMatch(slot -> slot.state() == SlotState.FATAL)) {
        looksAtNone++;
        if (!isAnyAwaited()) {
          slots.forEach(Slot::restart);
        }
      }
      return 0;
    }

    @Override
    public boolean isAnyAwaited() {
      return looksAtNone < 3;
    }

    @Override
    public void close() {}
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
  void asksItsChildrenToEndWhenItIsAskedToEnd() {
    int exitCode =
        run.run(
            context ->
                whileRunning(
                    new Supervisor(
                        context,
                        List.of(
                            shell("W00001", "exec sleep 60"), shell("W00002", "exec sleep 60"))),
                    context,
                    event ->
                        event.is(EventType.WORKER_SPAWNED)
                            && event.payload().orElseThrow().contains("W00002")));

    assertThat(exitCode).isZero();
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .hasSize(2)
        .allSatisfy(exited -> assertThat(exited.signal()).contains("SIGTERM"))
        .allSatisfy(
            exited ->
                assertThat(ProcessHandle.of(exited.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty());
  }

  @Test
  void killsAChildThatIgnoresTheRequestWhenItIsInAHurry() {
    String deaf = "trap '' TERM; echo deaf; while :; do sleep 1; done";
    run.run(
        context -> {
          Supervisor supervisor = new Supervisor(context, List.of(shell("W00001", deaf)));
          return whileRunning(
              supervisor,
              context,
              event -> {
                if (event.is(EventType.WORKER_SPAWNED)) {
                  context.shutdown().hurry();
                  return true;
                }
                return false;
              });
        });
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .singleElement()
        .satisfies(exited -> assertThat(exited.signal()).isPresent());
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
  void restartsStopsAndScalesAsAskedAndEndsWhenItsOwnNameIsStopped() {
    SlotSpec first = program("W00001", "exec sleep 60");
    SlotSpec second = program("W00002", "exec sleep 60");
    int exitCode =
        run.run(
            context -> {
              CommandQueue commands =
                  new CommandQueue(context.database(), context.log(), InstantSource.system());
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
          ask(
              new CommandQueue(context.database(), context.log(), InstantSource.system()),
              context,
              Verb.STOP,
              "W00001");
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
              new CommandQueue(context.database(), context.log(), InstantSource.system())
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
          CommandQueue commands =
              new CommandQueue(context.database(), context.log(), InstantSource.system());
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
              CommandQueue commands =
                  new CommandQueue(context.database(), context.log(), InstantSource.system());
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

  @Test
  void endsAChildWhoseStartCannotBeRecorded() {
    int exitCode =
        run.run(
            context -> {
              refuse("worker.spawned");
              return new Supervisor(context, List.of(program("W00001", "exec sleep 60"))).run();
            });

    assertThat(exitCode).isEqualTo(ExitCode.BUG);
    assertThat(run.err()).contains("worker.spawned is refused");
    assertThat(payloads(EventType.WORKER_EXITED, WorkerExited.class))
        .singleElement()
        .satisfies(exited -> assertThat(exited.signal()).contains("SIGTERM"));
  }

  @Test
  void endsAllChildrenThoughTheEndOfOneCannotBeRecorded() {
    SlotSpec deaf =
        program("W00002", "trap '' TERM; echo deaf; while :; do sleep 0.05; done")
            .withGrace(Duration.ofSeconds(2));
    int exitCode =
        run.run(
            context -> {
              refuse("worker.exited");
              return whileRunning(
                  new Supervisor(context, List.of(program("W00001", "exec sleep 60"), deaf)),
                  context,
                  event -> isSpawnOf("W00002", 0, event));
            });

    assertThat(exitCode).isEqualTo(ExitCode.BUG);
    assertThat(run.err()).contains("worker.exited is refused");
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class))
        .hasSize(2)
        .allSatisfy(
            spawned ->
                assertThat(ProcessHandle.of(spawned.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty());
  }

  @Test
  void endsAtOnceWhenThereIsNothingToDrain() {
    int exitCode =
        run.run(
            context -> {
              Supervisor supervisor =
                  new Supervisor(context, List.of(shell("W00001", "exec sleep 60")));
              supervisor.endWhenDrained();
              return supervisor.run();
            });
    assertThat(exitCode).isZero();
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
    assertThat(payloads(EventType.WORKER_SPAWNED, WorkerSpawned.class))
        .allSatisfy(
            spawned ->
                assertThat(ProcessHandle.of(spawned.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty());
  }

  /** Runs the supervisor until a fact is in the table, then asks it to end. */
  private int whileRunning(Supervisor supervisor, RunContext context, Predicate<Event> until)
      throws InterruptedException {
    Thread watcher =
        new Thread(
            () -> {
              EventFeed feed = EventFeed.after(context.database(), 0);
              while (feed.next(Duration.ofSeconds(30)).stream().noneMatch(until)) {
                // The next events may tell it.
              }
              context.shutdown().request("seen");
            });
    watcher.start();
    int exitCode = supervisor.run();
    watcher.join();
    return exitCode;
  }

  private <T> List<T> payloads(EventType type, Class<T> payload) {
    DatabaseSettings settings =
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS);
    try (Database database = Database.openReadOnly(settings)) {
      return new EventQuery(database)
          .ofType(type).stream()
              .map(event -> Json.read(event.payload().orElseThrow(), payload))
              .collect(Collectors.toList());
    }
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

  /** Has the store refuse each event of a type, as a broken one may. */
  private void refuse(String eventType) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("runlog.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN new.event_type = '"
              + eventType
              + "' BEGIN SELECT RAISE(ABORT, '"
              + eventType
              + " is refused'); END");
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

  private static boolean isFirstSpawn(Event event) {
    return isSpawnOf("W00001", 0, event);
  }

  private static boolean isSpawnOf(String instanceId, int restartCount, Event event) {
    return event.is(EventType.WORKER_SPAWNED)
        && event.payload().orElseThrow().contains("\"restart_count\":" + restartCount)
        && event.payload().orElseThrow().contains(instanceId);
  }

  /** A program that is no run. */
  private SlotSpec program(String instanceId, String script) {
    return shell(instanceId, script).withBootTimeout(Optional.empty());
  }

  private SlotSpec shell(String instanceId, String script) {
    return new SlotSpec(
        instanceId, "worker", List.of("sh", "-c", script), Map.of(), log(instanceId));
  }

  private Path log(String instanceId) {
    return directory.resolve(instanceId + ".log");
  }
}

package dev.runlog.it.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A fleet on which builds are tried, with what must hold whatever becomes of them. */
final class RevisionFleet {

  static final int WORKERS = 3;

  /** What comes with the supervisor. */
  static final TrialBuild BASE = TrialBuild.good('0');

  private final Fleet fleet;
  private final int workers;
  private final List<String> options = new ArrayList<>();

  RevisionFleet(Fleet fleet) throws IOException {
    this(fleet, WORKERS);
  }

  /**
   * The rules are those of production with all times made short.
   *
   * @param more options of its supervisors, beside that of the workers
   */
  RevisionFleet(Fleet fleet, int workers, String... more) throws IOException {
    this.fleet = fleet;
    this.workers = workers;
    options.addAll(List.of("--workers", Integer.toString(workers)));
    options.addAll(List.of(more));
    fleet
        .set("RUNLOG_CANARY_TASKS", "8")
        .set("RUNLOG_CANARY_SECONDS", "20")
        .set("RUNLOG_HEALTHY_SECONDS", "0")
        .set("RUNLOG_SOAK_SECONDS", "1")
        .set("RUNLOG_WORKER_JAR", BASE.in(fleet.directory()).toString());
  }

  Events events() {
    return fleet.events();
  }

  RunningProcess start() {
    return fleet.startSupervisor(options.toArray(new String[0]));
  }

  /** Starts a supervisor that dies at a point. */
  RunningProcess startDyingAt(FailPoint point) {
    List<String> command = new ArrayList<>(Program.javaCommand());
    Path classes = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    command.add("-cp");
    command.add(
        Program.SUPERVISOR.jar() + File.pathSeparator + classes.resolve("target/test-classes"));
    command.add(KilledSupervisorMain.class.getName());
    command.add(point.toString());
    command.addAll(options);
    return fleet.start("dying", command, Map.of());
  }

  /** Hands a build in; its SHA comes from the manifest of the jar. */
  void add(TrialBuild build) throws IOException, InterruptedException {
    add(build.in(fleet.directory()));
  }

  void add(Path jar) throws InterruptedException {
    Outcome outcome = revision("add", "--promote", jar.toString());
    assertThat(outcome.exitCode()).as(String.join("\n", outcome.err())).isZero();
  }

  /** Waits until the supervisor has a copy of its own worker. */
  void awaitKeptBase() {
    Path kept = Path.of(fleet.database() + ".revisions/base-supervisor-main/worker.jar");
    long start = System.nanoTime();
    while (Files.notExists(kept)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Events.PATIENCE);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** Writes a build where the supervisor's own worker is; returns where that is. */
  Path buildOverBase(TrialBuild build) throws IOException {
    return Files.copy(
        build.in(fleet.directory()),
        BASE.in(fleet.directory()),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes away the supervisor's own worker. */
  void loseBase() throws IOException {
    Files.delete(BASE.in(fleet.directory()));
  }

  Event lastSpawned() {
    List<Event> spawned = events().all(EventType.WORKER_SPAWNED);
    return spawned.get(spawned.size() - 1);
  }

  /** Takes away the jar of a build where workers are started from. */
  void loseJarOf(TrialBuild build) throws IOException {
    Path jars = Path.of(fleet.database() + ".revisions");
    Files.delete(jars.resolve(build.sha()).resolve("worker.jar"));
  }

  /** Hands in the jar of a build that is known already. */
  void addAgain(TrialBuild build) throws IOException, InterruptedException {
    Outcome outcome = revision("add", build.in(fleet.directory()).toString());
    assertThat(outcome.exitCode()).as(String.join("\n", outcome.err())).isZero();
  }

  Outcome revision(String... args) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("revision"));
    all.addAll(List.of(args));
    return fleet.run(Program.CONSOLE, all.toArray(new String[0]));
  }

  /** The state of the newest attempt of a SHA. */
  String stateOf(TrialBuild build) throws InterruptedException {
    Outcome shown = revision("show", build.sha(), "--json");
    return Json.readObject(shown.out().get(0)).path("state").asText();
  }

  List<TaskId> submitTasks(int count) {
    return fleet.submit(
        IntStream.range(0, count)
            .mapToObj(i -> TaskSpec.of("trial", Json.object().put("number", i)))
            .toList());
  }

  Event await(EventType type, TrialBuild build) throws InterruptedException {
    return events()
        .await(type, event -> Events.payload(event).path("revision").asText().equals(build.sha()));
  }

  /** Whether it has been promoted exactly once or never. */
  void assertPromotions(TrialBuild build, int count) {
    assertCount(EventType.REVISION_PROMOTED, build, count);
  }

  /** Whether there are so many events of a type about a build. */
  void assertCount(EventType type, TrialBuild build, int count) {
    assertThat(events().all(type).stream())
        .filteredOn(event -> Events.payload(event).path("revision").asText().equals(build.sha()))
        .hasSize(count);
  }

  /**
   * Waits until all tasks have ended; each must be done, and once, and its handler must have run to
   * its end: once, and once more at most for each time that the task came back from a worker.
   */
  void assertEveryTaskIsDoneOnce(List<TaskId> ids) throws IOException, InterruptedException {
    Set<Long> wanted = ids.stream().map(TaskId::value).collect(Collectors.toSet());
    events().await(EventType.TASK_DONE, event -> wanted.contains(taskOf(event)), ids.size());
    assertThat(events().tasks())
        .filteredOn(task -> wanted.contains(task.id().value()))
        .hasSize(ids.size())
        .allMatch(task -> task.state() == TaskState.DONE);
    assertThat(events().all(EventType.TASK_DONE).stream().map(RevisionFleet::taskOf))
        .filteredOn(wanted::contains)
        .doesNotHaveDuplicates();
    assertHandlersRanAsOftenAsNeeded(wanted);
  }

  private void assertHandlersRanAsOftenAsNeeded(Set<Long> wanted) throws IOException {
    Path lines = fleet.directory().resolve(TrialBuildMain.ENDS);
    Map<Long, Long> ends =
        (Files.exists(lines) ? Files.readAllLines(lines) : List.<String>of())
            .stream().collect(Collectors.groupingBy(Long::valueOf, Collectors.counting()));
    Map<Long, Long> released =
        events().all(EventType.TASK_RELEASED).stream()
            .collect(Collectors.groupingBy(RevisionFleet::taskOf, Collectors.counting()));
    for (long id : wanted) {
      long more = released.getOrDefault(id, 0L);
      assertThat(ends.getOrDefault(id, 0L))
          .as("ends of the handler of task %d, which was released %d times", id, more)
          .isBetween(1L, 1L + more);
    }
  }

  /**
   * Reads from the events that some supervisor was killed while a worker held one of these tasks:
   * only then can a death lose one.
   */
  void assertSomeoneDiedWhileTasksWereHeld(List<TaskId> ids) {
    Set<Long> wanted = ids.stream().map(TaskId::value).collect(Collectors.toSet());
    Set<EventId> lastWords = lastWordsOfKilledSupervisors();
    Set<Long> held = new HashSet<>();
    boolean isHeldAtADeath = false;
    for (Event event : events().all()) {
      if (event.is(EventType.TASK_CLAIMED) && wanted.contains(taskOf(event))) {
        held.add(taskOf(event));
      } else if (event.is(EventType.TASK_DONE) || event.is(EventType.TASK_RELEASED)) {
        held.remove(taskOf(event));
      }
      isHeldAtADeath |= lastWords.contains(event.id()) && !held.isEmpty();
    }
    assertThat(isHeldAtADeath).as("a task was held when a supervisor died").isTrue();
  }

  /** Of all but the one that runs now. */
  private Set<EventId> lastWordsOfKilledSupervisors() {
    List<Event> starts = events().startsOf("supervisor");
    return starts.subList(0, starts.size() - 1).stream()
        .map(start -> events().ofRun(start.runId()))
        .map(words -> words.get(words.size() - 1))
        .filter(last -> !last.is(EventType.PROCESS_STOPPED))
        .map(Event::id)
        .collect(Collectors.toSet());
  }

  private static long taskOf(Event event) {
    return Events.payload(event).path("task_id").asLong();
  }

  /**
   * Reads from the events that all but one slot were ready all the time, from when all were first:
   * a child is ready from its process.started to the supervisor's wish to end it, which shows at
   * the latest in its own process.stopped. A crash is no change, and is left out; yet nobody is
   * stopped beside it.
   */
  void assertAllButOneStayedReady() {
    Set<String> ready = new HashSet<>();
    Set<String> crashed = new HashSet<>();
    boolean wasFull = false;
    for (Event event :
        events().all().stream()
            .sorted(Comparator.comparing(Event::id))
            .filter(event -> event.emitter().role().matches("worker|supervisor"))
            .toList()) {
      String instance = event.emitter().instanceId();
      if (event.is(EventType.PROCESS_STARTED) && instance.startsWith("W")) {
        ready.add(instance);
        crashed.remove(instance);
      } else if (event.is(EventType.PROCESS_STOPPED) && instance.startsWith("W")) {
        ready.remove(instance);
        assertThat(ready)
            .as("slots that are ready when %s is stopped at event %s", instance, event.id())
            .hasSizeGreaterThanOrEqualTo(workers - 1);
      } else if (event.is(EventType.WORKER_EXITED)) {
        // One that was killed says nothing itself.
        ready.remove(Events.payload(event).path("worker_instance_id").asText());
      } else if (event.is(EventType.WORKER_CRASHED)) {
        String child = Events.payload(event).path("worker_instance_id").asText();
        ready.remove(child);
        crashed.add(child);
      }
      wasFull |= ready.size() == workers;
      if (wasFull) {
        assertThat(ready.size() + crashed.size())
            .as("slots that are ready or crashed at event %s", event.id())
            .isGreaterThanOrEqualTo(workers - 1);
      }
    }
    assertThat(wasFull).isTrue();
  }
}

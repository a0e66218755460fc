package dev.runlog.benchmarks.torture;

import dev.runlog.events.control.CommandQueue;
import dev.runlog.events.control.Verb;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.Submission;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.llm.simulator.Latency;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.process.HostName;
import dev.runlog.process.LivingProcess;
import dev.runlog.process.child.JarFinder;
import dev.runlog.process.child.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A directory with a database, a model that answers at once, and the processes of one torture.
 * Closing it kills them and deletes it.
 */
final class Chamber implements AutoCloseable {

  private static final JarFinder JARS = JarFinder.around(Chamber.class);

  private final Path directory;
  private final Simulator model;
  private final Database database;
  private final EventLog log;
  private final EventQuery events;
  private final TaskQueue queue;
  private final Emitter self;
  private final List<Process> processes = new ArrayList<>();

  private Chamber(Path directory, Simulator model) {
    this.directory = directory;
    this.model = model;
    this.database =
        Database.open(
            new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS));
    this.log = new EventLog(database, InstantSource.system());
    this.events = new EventQuery(database);
    this.queue = new TaskQueue(database, log, InstantSource.system());
    this.self = newRun("torturer");
  }

  /**
   * An empty one.
   *
   * @param answerTime how long the model takes
   */
  static Chamber open(Duration answerTime) throws IOException {
    Simulator model =
        Simulator.start(SimulatorSettings.DEFAULT.withLatency(Latency.of(answerTime)));
    return new Chamber(Files.createTempDirectory("runlog-torture").toRealPath(), model);
  }

  Path directory() {
    return directory;
  }

  Process supervisor(String... args) throws IOException {
    return start("supervisor", args);
  }

  /** A worker without a supervisor. */
  Process worker() throws IOException {
    return start("worker");
  }

  private Process start(String module, String... args) throws IOException {
    Path jar = JARS.find(module, Optional.empty(), "the build");
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaCommand.ofSameJava(jar)
                .withJvmArgs("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .withArgs(args)
                .toList());
    builder.environment().put("RUNLOG_DB", directory.resolve("runlog.db").toString());
    builder.environment().put("RUNLOG_DURABILITY", "process");
    builder.environment().put("OPENAI_BASE_URL", model.baseUrl());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(module + processes.size() + ".out").toFile())
            .start();
    processes.add(process);
    return process;
  }

  List<TaskId> submit(int count) {
    List<TaskSpec> specs =
        IntStream.rangeClosed(1, count).mapToObj(i -> TaskSpec.prompt("Task " + i)).toList();
    List<TaskId> ids = new ArrayList<>();
    for (int from = 0; from < count; from += 1000) {
      queue.submit(self, specs.subList(from, Math.min(count, from + 1000))).stream()
          .map(Submission::id)
          .forEach(ids::add);
    }
    return ids;
  }

  /**
   * What a person does about an instance that its supervisor has given up: in a run of its own, as
   * the console does, since a supervisor obeys nobody who was there before it.
   */
  void askToRestart(String instance) {
    new CommandQueue(database, log, InstantSource.system())
        .ask(newRun("asker"), Verb.RESTART, instance, Optional.empty());
  }

  /** A run that this process pretends to be. */
  Emitter newRun(String instance) {
    return log.start(
        Optional.empty(),
        instance,
        "torturer",
        new ProcessStarted(
            "dev",
            ProcessHandle.current().pid(),
            HostName.ofThisMachine(),
            System.getProperty("java.version"),
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli()));
  }

  Emitter self() {
    return self;
  }

  Database database() {
    return database;
  }

  TaskQueue queue() {
    return queue;
  }

  EventQuery events() {
    return events;
  }

  /** What comes from now on. */
  EventFeed feed() {
    return EventFeed.after(database, events.lastId());
  }

  TaskQuery tasks() {
    return new TaskQuery(database);
  }

  long done() {
    return tasks().counts().of(TaskState.DONE);
  }

  /** The processes of the runs of a role that are alive, each with its start. */
  List<Event> living(String role) {
    return events.ofType(EventType.PROCESS_STARTED).stream()
        .filter(start -> start.emitter().role().equals(role))
        .filter(start -> process(start).isPresent())
        .toList();
  }

  /** The process that a run is, empty once it has ended. */
  static Optional<ProcessHandle> process(Event start) {
    ProcessStarted started = Json.read(start.payload().orElseThrow(), ProcessStarted.class);
    return LivingProcess.find(started.pid(), Instant.ofEpochMilli(started.startedAt()));
  }

  /** Checks that no task was lost or done twice, and that each claim has exactly one end. */
  void requireEachTaskDoneOnce(List<TaskId> tasks, int failed) {
    BrokenPromise.unless(
        done() == tasks.size() - failed,
        "%d of %d tasks are done, %d should be",
        done(),
        tasks.size(),
        tasks.size() - failed);
    List<Long> doneIds = events.ofType(EventType.TASK_DONE).stream().map(Chamber::taskOf).toList();
    Set<Long> distinct = new HashSet<>(doneIds);
    BrokenPromise.unless(
        distinct.size() == doneIds.size(),
        "%d task.done for %d tasks",
        doneIds.size(),
        distinct.size());
    requireEachClaimEnded();
  }

  private void requireEachClaimEnded() {
    int claimed = count(EventType.TASK_CLAIMED);
    int done = count(EventType.TASK_DONE);
    int failed = count(EventType.TASK_FAILED);
    int released = count(EventType.TASK_RELEASED);
    BrokenPromise.unless(
        claimed == done + failed + released,
        "claimed %d is not done %d + failed %d + released %d",
        claimed,
        done,
        failed,
        released);
  }

  int count(EventType type) {
    return events.ofType(type).size();
  }

  private static long taskOf(Event event) {
    return Json.readObject(event.payload().orElseThrow()).path("task_id").asLong();
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
    events.ofType(EventType.PROCESS_STARTED).stream()
        .filter(start -> !start.emitter().role().equals(self.role()))
        .flatMap(start -> process(start).stream())
        .forEach(ProcessHandle::destroyForcibly);
    database.close();
    model.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

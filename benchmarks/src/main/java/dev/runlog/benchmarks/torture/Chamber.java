package dev.runlog.benchmarks.torture;

import dev.runlog.benchmarks.measure.Scratch;
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
import dev.runlog.process.settings.KnownSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A directory with a database, a model that answers at once, and the processes of one torture.
 * Closing it kills them and deletes it.
 */
final class Chamber implements AutoCloseable {

  private static final String DATABASE = "runlog.db";
  private static final String OUTPUT = ".out";
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final JarFinder JARS = JarFinder.around(Chamber.class);

  private final Scratch scratch;
  private final DatabaseSettings settings;
  private final Map<String, String> env;
  private final Simulator model;
  private final Database database;
  private final EventLog log;
  private final EventQuery events;
  private final TaskQueue queue;
  private final Emitter self;
  private final List<Process> processes = new ArrayList<>();

  private Chamber(
      Scratch scratch, DatabaseSettings settings, Map<String, String> env, Simulator model) {
    this.scratch = scratch;
    this.settings = settings;
    this.env = Map.copyOf(env);
    this.model = model;
    this.database = Database.open(settings);
    this.log = new EventLog(database, InstantSource.system());
    this.events = new EventQuery(database);
    this.queue = new TaskQueue(database, log, InstantSource.system());
    this.self = newRun("torturer");
  }

  /**
   * An empty one with a SQLite file.
   *
   * @param answerTime how long the model takes
   */
  static Chamber open(Duration answerTime) throws IOException {
    return open(answerTime, Map.of());
  }

  /**
   * The same.
   *
   * @param env variables that the processes get beside the usual ones
   */
  static Chamber open(Duration answerTime, Map<String, String> env) throws IOException {
    Scratch scratch = Scratch.temporary();
    return over(scratch.file(DATABASE).toString(), answerTime, env, scratch);
  }

  /**
   * One whose database is elsewhere.
   *
   * @param location path of a SQLite file, or the JDBC URL of an empty PostgreSQL database
   * @param env variables that the processes get beside the usual ones
   */
  static Chamber over(String location, Duration answerTime, Map<String, String> env)
      throws IOException {
    return over(location, answerTime, env, Scratch.temporary());
  }

  private static Chamber over(
      String location, Duration answerTime, Map<String, String> env, Scratch scratch)
      throws IOException {
    Simulator model =
        Simulator.start(SimulatorSettings.DEFAULT.withLatency(Latency.of(answerTime)));
    return new Chamber(scratch, new DatabaseSettings(location, Durability.PROCESS), env, model);
  }

  Path directory() {
    return scratch.directory();
  }

  /** Where the output of the supervisor's children goes. */
  Path logs() {
    return Path.of(env.getOrDefault(KnownSettings.LOGS, scratch.file("logs").toString()));
  }

  /** How often each process has printed a line with these words, by the name of its file. */
  Map<String, Long> linesWith(String words) throws IOException {
    Map<String, Long> lines = new TreeMap<>();
    for (Path directory : List.of(directory(), logs())) {
      for (Path file : outputsIn(directory)) {
        try (Stream<String> text = Files.lines(file)) {
          lines.put(file.getFileName().toString(), text.filter(l -> l.contains(words)).count());
        }
      }
    }
    return lines;
  }

  private static List<Path> outputsIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().matches(".*[.](out|log)")).toList();
    }
  }

  Process supervisor(String... args) throws IOException {
    return start("supervisor", commandOf("supervisor", args));
  }

  /**
   * One that leads a group of processes, as a shell gives each job of a terminal; the group has its
   * pid.
   *
   * @throws Missing when this machine has no {@code setsid}
   */
  Process supervisorInItsOwnGroup(String... args) throws IOException {
    if (!Files.isExecutable(SETSID)) {
      throw new Missing("there is no " + SETSID + ", which makes a group of processes");
    }
    List<String> command = new ArrayList<>(List.of(SETSID.toString()));
    command.addAll(commandOf("supervisor", args));
    return start("supervisor", command);
  }

  /** A worker without a supervisor. */
  Process worker() throws IOException {
    return start("worker", commandOf("worker"));
  }

  private static List<String> commandOf(String module, String... args) {
    return JavaCommand.ofSameJava(JARS.find(module, Optional.empty(), "the build"))
        .withJvmArgs("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .withArgs(args)
        .toList();
  }

  private Process start(String module, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(KnownSettings.DB, settings.location());
    builder.environment().put(KnownSettings.DURABILITY, settings.durability().wireName());
    builder.environment().put(KnownSettings.LOGS, logs().toString());
    builder.environment().put("OPENAI_BASE_URL", model.baseUrl());
    builder.environment().putAll(env);
    Process process =
        builder
            .directory(directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(scratch.file(module + processes.size() + OUTPUT).toFile())
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

  /**
   * Checks that nobody was started again.
   *
   * @param runs how many there were when all had been started
   */
  void requireNobodyReplaced(int runs) {
    int now = count(EventType.PROCESS_STARTED);
    BrokenPromise.unless(
        now == runs,
        "%d runs instead of %d: somebody was started again; crashes: %s",
        now,
        runs,
        events.ofType(EventType.WORKER_CRASHED).stream().map(Event::payload).toList());
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
    scratch.close();
  }
}

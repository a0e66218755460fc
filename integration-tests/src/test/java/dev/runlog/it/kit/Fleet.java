package dev.runlog.it.kit;

import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.Submission;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskLine;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.process.Executable;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The processes of one test, in a directory of its own with a database of its own. Register it with
 * {@code @RegisterExtension}: when the test ends, it kills whatever is left, and when the test
 * failed, it shows what all of them printed and logged. Not thread-safe.
 */
public final class Fleet implements BeforeEachCallback, AfterEachCallback {

  private static final String DATABASE = "runlog.db";

  /** The little of this process's environment that its children need; all else is the test's. */
  private static final List<String> PASSED_ON = List.of("PATH", "HOME", "TMPDIR");

  private final Map<String, String> env = new HashMap<>();
  private final List<RunningProcess> started = new ArrayList<>();
  private Path directory = Path.of("");
  private @Nullable Events events;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    // The real path, as the processes themselves see it.
    directory = Files.createTempDirectory("runlog-it-").toRealPath();
    for (String name : PASSED_ON) {
      String value = System.getenv(name);
      if (value != null) {
        env.put(name, value);
      }
    }
    env.put("LC_ALL", "C.UTF-8");
    env.put("RUNLOG_DB", database().toString());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
    try {
      if (context.getExecutionException().isPresent()) {
        show(context.getDisplayName());
      }
    } finally {
      killAll();
      closeEvents();
      deleteAll();
    }
  }

  /** Where the database, the output and the logs of this test are. */
  public Path directory() {
    return directory;
  }

  public Path database() {
    return directory.resolve(DATABASE);
  }

  /** Sets a variable in the environment of every process that is started from now on. */
  public Fleet set(String name, String value) {
    env.put(name, value);
    return this;
  }

  /** Lets workers call the model at this address. */
  public Fleet callingModelAt(String baseUrl) {
    return set("OPENAI_BASE_URL", baseUrl);
  }

  public RunningProcess startSupervisor(String... args) {
    return start(Program.SUPERVISOR, Map.of(), args);
  }

  /** Starts a jar with some variables of its own. */
  public RunningProcess start(Program program, Map<String, String> more, String... args) {
    return start(program.moduleName(), program.command(args), more);
  }

  /** Starts any program with some variables of its own. */
  public RunningProcess start(String name, List<String> command, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(env);
    all.putAll(more);
    RunningProcess process =
        RunningProcess.start(name + "-" + (started.size() + 1), command, all, directory);
    started.add(process);
    return process;
  }

  /** Runs a jar to its end. */
  public Outcome run(Program program, String... args) throws InterruptedException {
    return start(program, Map.of(), args).awaitEnd();
  }

  /** Submits tasks, each written as people write it: one JSON object. */
  public List<TaskId> submit(String... lines) {
    return submit(Stream.of(lines).map(TaskLine::parse).toList());
  }

  /** Submits so many different prompts. */
  public List<TaskId> submitPrompts(int count) {
    return submit(
        IntStream.rangeClosed(1, count).mapToObj(i -> TaskSpec.prompt("Prompt " + i)).toList());
  }

  public List<TaskId> submit(List<TaskSpec> specs) {
    List<TaskId> ids = new ArrayList<>();
    int exitCode =
        new ProcessStartup(Executable.named("submitter", "submitter"), Surroundings.embedded(env))
            .run(
                context -> {
                  new TaskQueue(context.database(), context.log(), InstantSource.system())
                      .submit(context.emitter(), specs).stream()
                          .map(Submission::id)
                          .forEach(ids::add);
                  return 0;
                });
    if (exitCode != 0) {
      throw new IllegalStateException("submit tasks: exit code " + exitCode);
    }
    return ids;
  }

  /** What the database tells; makes it when no process has made it yet. */
  public Events events() {
    Events open = events;
    if (open == null) {
      open = Events.of(database());
      events = open;
    }
    return open;
  }

  /** Lets go of the database, so that its files can be read as files. */
  public void closeEvents() {
    if (events != null) {
      events.close();
      events = null;
    }
  }

  private void killAll() throws InterruptedException {
    for (RunningProcess process : started) {
      process.killTree();
    }
    if (Files.isRegularFile(database()) && events != null) {
      killOrphans(events);
    }
  }

  /** Workers whose supervisor was killed are nobody's descendants. */
  private static void killOrphans(Events events) throws InterruptedException {
    List<Pid> runs =
        events.all(EventType.PROCESS_STARTED).stream()
            .map(Pid::of)
            .filter(pid -> pid.value() != ProcessHandle.current().pid())
            .toList();
    runs.forEach(Pid::kill);
    for (Pid pid : runs) {
      pid.awaitGone(Events.PATIENCE);
    }
  }

  private void show(String test) throws IOException {
    System.err.println("==== " + test + " failed; its processes, logs and newest events:");
    started.forEach(process -> System.err.println(process.output()));
    for (Path log : filesOf(directory)) {
      if (log.toString().endsWith(".log")) {
        System.err.println("--- " + log.getFileName() + ":\n" + Files.readString(log));
      }
    }
    if (events != null) {
      System.err.println("--- events:\n" + events.summary());
    }
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

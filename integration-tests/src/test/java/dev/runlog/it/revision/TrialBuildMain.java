package dev.runlog.it.revision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.process.Executable;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.child.SpareRole;
import dev.runlog.process.child.WorkerOption;
import dev.runlog.worker.TaskContext;
import dev.runlog.worker.TaskHandler;
import dev.runlog.worker.Worker;
import dev.runlog.worker.selfcheck.SelfCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker whose jar says how it behaves. Its tasks take a while, answer with their number, and
 * leave a line in a file when their handler has run to its end.
 */
public final class TrialBuildMain {

  /** The file beside the database, with one line an end: the id of the task. */
  static final String ENDS = "ends-of-handlers";

  private static final int CRASH = 9;

  private final Properties build;
  private final AtomicInteger done = new AtomicInteger();

  private TrialBuildMain(Properties build) {
    this.build = build;
  }

  public static void main(String[] args) throws IOException {
    Properties build = new Properties();
    try (InputStream in = TrialBuildMain.class.getResourceAsStream("/build.properties")) {
      build.load(in);
    }
    System.exit(new TrialBuildMain(build).run(List.of(args)));
  }

  private int run(List<String> args) {
    boolean checks = args.contains(SelfCheck.OPTION);
    if (is("ignores-sigterm")) {
      return ignoreSigterm(checks);
    }
    if (checks) {
      return is("fails-self-check") ? CRASH : new SelfCheck(System.getenv()).run();
    }
    if (is("crashes-at-boot")) {
      return CRASH;
    }
    return args.contains(WorkerOption.SPARE) ? standBy() : work(System.getenv());
  }

  private int standBy() {
    Map<String, String> env = new HashMap<>(System.getenv());
    Optional<Map<String, String>> role = SpareRole.await(System.in);
    role.ifPresent(env::putAll);
    return role.isPresent() ? work(env) : 0;
  }

  private int work(Map<String, String> env) {
    Map<String, TaskHandler> handlers = Map.of("trial", this::handle);
    return new ProcessStartup(Executable.numberedWorker("worker"), Surroundings.ofThisProcess(env))
        .run(context -> workIn(context, handlers));
  }

  private int workIn(RunContext context, Map<String, TaskHandler> handlers)
      throws InterruptedException {
    if (is("hangs-after-1")) {
      ignore("TERM");
    }
    return new Worker(context, handlers).work();
  }

  private ObjectNode handle(TaskContext context) throws IOException {
    if (is("crashes-after-3") && done.incrementAndGet() > 3) {
      Runtime.getRuntime().halt(CRASH);
    }
    if (is("hangs-after-1") && done.incrementAndGet() > 1) {
      stay();
    }
    long millis = Long.parseLong(build.getProperty("millis"));
    LockSupport.parkNanos(millis * 1_000_000);
    long id = context.task().id().value();
    recordEnd(id);
    return Json.object().put("id", id);
  }

  /** Many processes append, each line in one write. */
  private static void recordEnd(long id) throws IOException {
    Path ends = Path.of(System.getenv("RUNLOG_DB")).resolveSibling(ENDS);
    Files.writeString(ends, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A build that lies: it says that it passed, and stays. */
  private static int ignoreSigterm(boolean checks) {
    Runtime.getRuntime().addShutdownHook(new Thread(TrialBuildMain::stay));
    if (checks) {
      System.out.println("self-check: passed");
    }
    stay();
    return CRASH;
  }

  /** By reflection: the compiler refuses the class, which is in no module that is meant for all. */
  private static void ignore(String signal) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      signals
          .getMethod("handle", signals, handlers)
          .invoke(
              null,
              signals.getConstructor(String.class).newInstance(signal),
              handlers.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("ignore SIG" + signal + ": this JVM cannot", e);
    }
  }

  private static void stay() {
    while (true) {
      LockSupport.parkNanos(1_000_000_000);
    }
  }

  private boolean is(String behaviour) {
    return build.getProperty("behaviour").equals(behaviour);
  }
}

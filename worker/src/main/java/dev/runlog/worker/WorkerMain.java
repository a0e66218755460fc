package dev.runlog.worker;

import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.llm.InvalidLlmSettingsException;
import dev.runlog.llm.LlmClient;
import dev.runlog.llm.LlmSettings;
import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.child.SpareRole;
import dev.runlog.process.child.WorkerOption;
import dev.runlog.process.lifecycle.Grace;
import dev.runlog.process.lifecycle.InstanceLock;
import dev.runlog.process.settings.SettingsReader;
import dev.runlog.worker.chat.ChatHandler;
import dev.runlog.worker.selfcheck.SelfCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The executable {@code worker.jar}: a worker with the built-in handlers. All its settings come
 * from the environment.
 */
public final class WorkerMain {

  private static final String USAGE =
      """
      usage: java -jar worker.jar [--self-check]

      Claims tasks from the queue in RUNLOG_DB (default: runlog.db) and runs them until SIGTERM or SIGINT.
      Settings: RUNLOG_DB, RUNLOG_DURABILITY, INSTANCE_ID, PARENT_RUN_ID, OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL.
      A supervisor starts workers by itself: java -jar supervisor.jar --workers 2

      --self-check   try this build on a scratch copy of the database: its schema, one task, SIGTERM""";

  /** With its parent gone, a worker is to be gone within 5 s as well. */
  private static final Grace GRACE =
      new Grace(
          Duration.ofSeconds(30),
          Duration.ofMillis(1500),
          Duration.ofSeconds(1),
          Duration.ofMillis(1500));

  /** The predecessor under the same name may still be draining. */
  private static final Duration LONGEST_WAIT_FOR_NAME = Duration.ofSeconds(10);

  /** Beyond it the first calls go without a count of their context. */
  private static final Duration LONGEST_WAIT_FOR_COUNTING = Duration.ofSeconds(5);

  private WorkerMain() {}

  /** What a worker does once it is a run. */
  interface Work {
    int on(RunContext context, LlmSettings llm) throws InterruptedException;
  }

  public static void main(String[] args) throws IOException {
    if (List.of(args).equals(List.of(SelfCheck.OPTION))) {
      System.exit(new SelfCheck(System.getenv()).run());
    }
    if (List.of(args).equals(List.of(WorkerOption.REHEARSE))) {
      System.exit(Rehearsal.run(Optional.of(System.in)));
    }
    if (List.of(args).equals(List.of(WorkerOption.SPARE))) {
      System.exit(standBy());
    }
    if (args.length > 0) {
      System.exit(answer(args[0]));
    }
    System.exit(run(System.getenv()));
  }

  private static int run(Map<String, String> env) {
    return run(Surroundings.ofThisProcess(env), new Claiming());
  }

  /** The same elsewhere, with something else to do. */
  static int run(Surroundings surroundings, Work work) {
    return new ProcessStartup(executable(), surroundings)
        .runWith(reader -> prepare(reader, surroundings.env(), work));
  }

  /** Gets everything ready that a worker needs, then waits for a role; it is no run until then. */
  private static int standBy() throws IOException {
    int rehearsed = Rehearsal.run(Optional.empty());
    if (rehearsed >= ExitCode.SIGHUP) {
      return rehearsed; // A signal came meanwhile.
    }
    Map<String, String> env = new HashMap<>(System.getenv());
    Optional<Map<String, String>> role = SpareRole.await(System.in);
    role.ifPresent(env::putAll);
    return role.isPresent() ? run(env) : ExitCode.OK;
  }

  private static int answer(String argument) {
    if (argument.equals("--help") || argument.equals("-h")) {
      System.out.println(USAGE);
      return ExitCode.OK;
    }
    System.err.println(
        "runlog: '"
            + argument
            + "' is no option of a worker; its settings are environment variables, see --help");
    return ExitCode.USAGE;
  }

  private static Executable executable() {
    return Executable.numberedWorker("worker").printingEvents().withGrace(GRACE);
  }

  private static ProcessMain prepare(SettingsReader reader, Map<String, String> env, Work work) {
    LlmSettings llm = llmSettings(reader, env);
    return context -> work.on(context, llm);
  }

  /**
   * No lambda: the archive of classes holds none that the rehearsal, with other work, never met.
   */
  private static final class Claiming implements Work {

    @Override
    public int on(RunContext context, LlmSettings llm) throws InterruptedException {
      InstanceLock lock =
          InstanceLock.acquire(
              context.database().localPath(), context.instanceId(), LONGEST_WAIT_FOR_NAME);
      try (LlmClient client = new LlmClient(llm, context.events())) {
        client.awaitCounting(LONGEST_WAIT_FOR_COUNTING);
        return new Worker(context, Map.of(TaskSpec.CHAT, new ChatHandler(client))).work();
      } finally {
        lock.close();
      }
    }
  }

  private static LlmSettings llmSettings(SettingsReader reader, Map<String, String> env) {
    try {
      return LlmSettings.ofEnvironment(env);
    } catch (InvalidLlmSettingsException e) {
      e.problems().forEach(reader::problem);
      return LlmSettings.ofEnvironment(Map.of());
    }
  }
}

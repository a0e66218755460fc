package dev.runlog.supervisor;

import dev.runlog.events.instances.Instances;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.process.artifact.BuildManifest;
import dev.runlog.process.child.JarFinder;
import dev.runlog.process.child.JavaCommand;
import dev.runlog.process.child.SmallJvm;
import dev.runlog.process.child.WorkerOption;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.supervisor.revision.BaseJar;
import dev.runlog.supervisor.revision.Builds;
import dev.runlog.supervisor.revision.Rollout;
import dev.runlog.supervisor.revision.TransitionWatch;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.Spares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says what a supervisor runs: its slots, with their names and command lines. */
public final class Fleet {

  private final RunContext context;
  private final SupervisorSettings settings;
  private final JarFinder jars = JarFinder.around(Fleet.class);

  /** Found once: a build may take the jar away while the fleet runs, and another may run then. */
  private final Path workerPlace;

  private final Map<Path, List<String>> warmArgs = new ConcurrentHashMap<>();

  Fleet(RunContext context, SupervisorSettings settings) {
    this.context = context;
    this.settings = settings;
    this.workerPlace = jars.placeOf("worker", settings.workerJar(), KnownSettings.WORKER_JAR);
  }

  /**
   * The worker slots, under the names that they had before, whether the worker's jar is there or
   * not: {@link #rollout} says what they run.
   */
  List<SlotSpec> workers() {
    return workers(settings.workers(), Map.of());
  }

  /**
   * The worker slots of a fleet that runs the worker's jar itself.
   *
   * @param env variables that the workers get beside those of every child
   * @throws dev.runlog.process.child.JarMissingException when the worker's jar is not there
   */
  public List<SlotSpec> workers(Map<String, String> env) {
    workerJar();
    return workers(settings.workers(), env);
  }

  /**
   * The slots of so many workers.
   *
   * @throws IllegalArgumentException when another role is asked for, or too many
   */
  List<SlotSpec> crew(String role, int count) {
    if (!role.equals(Instances.WORKER_ROLE)) {
      throw new IllegalArgumentException("only the role worker can be scaled here");
    }
    if (count > SupervisorSettings.MOST_WORKERS) {
      throw new IllegalArgumentException(
          "at most " + SupervisorSettings.MOST_WORKERS + " workers run here");
    }
    return workers(count, Map.of());
  }

  private List<SlotSpec> workers(int count, Map<String, String> env) {
    List<String> command = workerCommand();
    return workerNames(count).stream()
        .map(name -> slot(name, Instances.WORKER_ROLE, command, env).withRevisions())
        .toList();
  }

  /** The names of the first workers, those that they had before. */
  List<String> workerNames(int count) {
    return new Instances(context.database(), InstantSource.system())
        .slotsOf(context.instanceId(), Instances.WORKER_ROLE, count);
  }

  /** A slot with the usual rules. */
  SlotSpec slot(String name, String role, List<String> command, Map<String, String> env) {
    return new SlotSpec(name, role, command, env, logFile(name));
  }

  /** What runs the worker that comes with Runlog. */
  List<String> workerCommand() {
    return workerCommand(workerPlace);
  }

  /** What runs a build of the worker. */
  List<String> workerCommand(Path jar) {
    List<String> jvmArgs = new ArrayList<>(SmallJvm.ARGS);
    if (Files.isRegularFile(jar)) {
      jvmArgs.addAll(warmArgs.computeIfAbsent(jar, this::warmUp));
    }
    return JavaCommand.ofSameJava(jar).withJvmArgs(jvmArgs).toList();
  }

  private List<String> warmUp(Path jar) {
    return WorkerWarmUp.of(jar, context.env()).jvmArgs(SmallJvm.ARGS);
  }

  /**
   * Which build runs in which slot, as the table of revisions says.
   *
   * @throws dev.runlog.process.child.JarMissingException when slots are for the worker, its jar is
   *     not there, and neither a copy of it nor any revision can run
   */
  Rollout rollout(List<SlotSpec> slots, TransitionWatch watch) {
    Artifacts artifacts = new Artifacts(context.database().localPath());
    BaseJar base = new BaseJar(workerPlace, artifacts, context.instanceId(), System.err);
    Builds builds = new Builds(artifacts, this::workerCommand, base);
    if (slots.stream().anyMatch(SlotSpec::isRevisable)) {
      requireAnyUsable(builds);
    }
    return new Rollout(context, builds, settings.rollout(), logFile("self-check"), watch);
  }

  private void requireAnyUsable(Builds builds) {
    if (!builds.isAnyUsable(new RevisionQuery(context.database()).of(context.instanceId()))) {
      workerJar();
    }
  }

  /** Processes that wait to take the place of workers; none where no workers run. */
  Spares spares(int count, List<SlotSpec> slots) {
    return slots.stream()
        .filter(slot -> slot.role().equals(Instances.WORKER_ROLE))
        .map(SlotSpec::command)
        .filter(command -> command.contains(workerPlace.toString()))
        .findFirst()
        .map(command -> Spares.of(count, whenThere(command), Fleet::takesSpare, logFile("spare")))
        .orElseGet(Spares::none);
  }

  /** Without the jar they wait until another build runs. */
  private List<String> whenThere(List<String> command) {
    return Files.isRegularFile(workerPlace) ? command : List.of();
  }

  /** A command line of {@link #workerCommand} ends with the jar. */
  private static boolean takesSpare(List<String> command) {
    return BuildManifest.takes(Path.of(command.get(command.size() - 1)), WorkerOption.SPARE);
  }

  /** The executable jar of this program itself, for the supervisors below this one. */
  Path supervisorJar() {
    return jars.find("supervisor", Optional.empty(), "no setting");
  }

  /**
   * The worker's executable jar.
   *
   * @throws dev.runlog.process.child.JarMissingException when it is not there
   */
  public Path workerJar() {
    return jars.find("worker", settings.workerJar(), KnownSettings.WORKER_JAR);
  }

  /** The console's executable jar. */
  public Path consoleJar() {
    return jars.find("console", settings.consoleJar(), KnownSettings.CONSOLE_JAR);
  }

  /** The file that the output of an instance goes to. */
  public Path logFile(String instanceId) {
    return settings.logsBeside(context.database().localPath()).resolve(instanceId + ".log");
  }
}

package dev.runlog.supervisor;

import dev.runlog.process.settings.KnownSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The command line of the supervisor. What it says goes before the environment. */
@Command(
    name = "supervisor.jar",
    mixinStandardHelpOptions = true,
    versionProvider = SupervisorOptions.Version.class,
    description = "Runs a fleet of workers on one database and keeps it running.",
    footer = {
      "",
      "Exit codes: 0 done; 1 tasks failed (with --drain); 64 bad usage or settings;",
      "69 the database or all workers are unavailable; 75 another supervisor of this",
      "name runs; 78 a person must change something; 143 and 130 after SIGTERM and",
      "SIGINT, which drain: what runs is finished within 30 s, else given back."
    })
final class SupervisorOptions {

  /** What the manifest of the jar says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = SupervisorOptions.class.getPackage().getImplementationVersion();
      return new String[] {"runlog " + (version == null ? "dev" : version)};
    }
  }

  /** Each holds the memory of a worker for nothing. */
  static final int MOST_SPARES = 16;

  private static final String DEMO_DATABASE = "runlog-demo.db";

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many workers to keep running, 1 to 256 (default: RUNLOG_WORKERS, else 2).")
  private @Nullable String workers;

  @Option(
      names = "--spares",
      paramLabel = "N",
      description =
          "How many workers wait, started ahead, to take the place of one that dies, 0 to 16 (default: 0).")
  private @Nullable Integer spares;

  @Option(
      names = "--db",
      paramLabel = "PATH|URL",
      description =
          "The SQLite file, or jdbc:postgresql://host/database"
              + " (default: RUNLOG_DB, else runlog.db in the working directory).")
  private @Nullable String database;

  @Option(
      names = "--worker-jar",
      paramLabel = "PATH",
      description =
          "The worker to run (default: RUNLOG_WORKER_JAR, else worker.jar beside this jar or in the build tree).")
  private @Nullable String workerJar;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description =
          "Where the output of the children goes (default: RUNLOG_LOGS, else a directory beside the database).")
  private @Nullable String logs;

  @Option(
      names = "--drain",
      description = "End once the queue is empty: 0 when all tasks are done, 1 when some failed.")
  private boolean drain;

  @Option(
      names = "--demo",
      description =
          "Run sample prompts through three workers, kill one of them midway, and show what the table tells (database: runlog-demo.db).")
  private boolean demo;

  @Option(
      names = "--fleet",
      paramLabel = "FILE",
      description = "What to run, as a YAML file, instead of --workers; see examples/fleet.yaml.")
  private @Nullable Path fleet;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description = "Be this supervisor of the fleet file; the outer supervisor says so.")
  private @Nullable String part;

  @Option(
      names = "--check",
      description = "Only check the fleet file: print every problem with its line.")
  private boolean check;

  /** What is wrong with the options together, empty when nothing is. */
  Optional<String> conflict() {
    if (fleet == null && (check || part != null)) {
      return Optional.of((check ? "--check" : "--part") + " needs --fleet FILE");
    }
    if (spares != null && (spares < 0 || spares > MOST_SPARES)) {
      return Optional.of("--spares is " + spares + "; give 0 to " + MOST_SPARES);
    }
    if (fleet != null && (demo || workers != null)) {
      return Optional.of("--fleet says what to run; leave out " + (demo ? "--demo" : "--workers"));
    }
    return Optional.empty();
  }

  /** How many workers are started ahead, empty when it is not said here. */
  Optional<Integer> spares() {
    return Optional.ofNullable(spares);
  }

  /** The fleet file, empty for workers alone. */
  Optional<Path> fleet() {
    return Optional.ofNullable(fleet).map(Path::toAbsolutePath).map(Path::normalize);
  }

  /** Which supervisor of the fleet file this one is, empty for the outermost. */
  Optional<String> part() {
    return Optional.ofNullable(part);
  }

  boolean checksOnly() {
    return check;
  }

  boolean drains() {
    return drain;
  }

  boolean isDemo() {
    return demo;
  }

  /** The environment with what the command line says laid over it. */
  Map<String, String> laidOver(Map<String, String> env) {
    Map<String, String> merged = new HashMap<>(env);
    if (demo) {
      // A queue of the user's own must never be answered by the simulator.
      merged.putIfAbsent(KnownSettings.DB, DEMO_DATABASE);
    }
    lay(merged, KnownSettings.DB, database);
    lay(merged, KnownSettings.WORKERS, workers);
    lay(merged, KnownSettings.WORKER_JAR, workerJar);
    lay(merged, KnownSettings.LOGS, logs);
    return merged;
  }

  private static void lay(Map<String, String> env, String name, @Nullable String value) {
    if (value != null) {
      env.put(name, value);
    }
  }
}

package dev.runlog.worker.selfcheck;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.ScratchDatabase;
import dev.runlog.process.Executable;
import dev.runlog.process.FailureReport;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.Surroundings;
import dev.runlog.process.artifact.SelfCheckWords;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.propagation.ParentRun;
import dev.runlog.process.settings.DatabaseSetting;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingsReader;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code worker.jar --self-check} does, for workers of your own too: checks that this build
 * fits the schema of the database, opens a scratch copy of it for reading and writing, runs one
 * task there as a worker does, says {@link SelfCheckWords#PASSED} and waits for SIGTERM, which
 * whoever started it sends as the last check. The database itself is only read. Without a lifeline
 * nobody is there to send it, and the check ends by itself.
 */
public final class SelfCheck {

  /** The argument of a worker that asks for it. */
  public static final String OPTION = SelfCheckWords.OPTION;

  private final Map<String, String> env;

  /**
   * @param env the environment of a worker
   */
  public SelfCheck(Map<String, String> env) {
    this.env = Map.copyOf(env);
  }

  /**
   * Runs it.
   *
   * @return the exit code: 78 when this build does not work on the schema of the database as it is,
   *     143 after SIGTERM, 0 when it ended by itself
   */
  public int run() {
    try {
      DatabaseSettings settings = databaseSettings();
      Database.openReadOnly(settings).close();
      try (ScratchDatabase scratch = ScratchDatabase.like(settings)) {
        return runOn(scratch.settings());
      }
    } catch (RuntimeException e) {
      FailureReport report = FailureReport.of(e);
      report.printTo(System.err);
      return report.exitCode();
    }
  }

  private int runOn(DatabaseSettings scratch) {
    Map<String, String> there = new HashMap<>(env);
    there.put(KnownSettings.DB, scratch.absoluteLocation());
    // A run of the scratch copy, where nobody knows the parent.
    there.remove(ParentRun.VARIABLE);
    there.remove(ChildEnvironment.INSTANCE_ID);
    boolean isWatched = env.containsKey(KnownSettings.LIFELINE);
    return new ProcessStartup(
            Executable.numberedWorker("worker"), Surroundings.ofThisProcess(there))
        .run(new TrialRun(isWatched, System.out));
  }

  private DatabaseSettings databaseSettings() {
    SettingsReader reader = new SettingsReader(env);
    DatabaseSettings settings = DatabaseSetting.read(reader, env);
    reader.check();
    return settings;
  }
}

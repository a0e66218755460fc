package dev.runlog.supervisor;

import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingParsers;
import dev.runlog.process.settings.SettingsReader;
import dev.runlog.supervisor.revision.RolloutRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a supervisor.
 *
 * @param workers how many workers it keeps running
 * @param workerJar where the worker is, empty to look beside this program
 * @param consoleJar where the console is, empty to look beside this program
 * @param logs directory of the children's output, empty for one beside the database
 * @param rollout how carefully a new build comes in
 */
record SupervisorSettings(
    int workers,
    Optional<Path> workerJar,
    Optional<Path> consoleJar,
    Optional<Path> logs,
    RolloutRules rollout) {

  private static final int DAY_IN_SECONDS = 86_400;

  /** Each worker is a JVM of its own; more than this on one machine is a slip of the finger. */
  static final int MOST_WORKERS = 256;

  static final int USUAL_WORKERS = 2;

  static SupervisorSettings read(SettingsReader reader, int usualWorkers) {
    return new SupervisorSettings(
        reader.orDefault(KnownSettings.WORKERS, SupervisorSettings::workerCount, usualWorkers),
        reader.optional(KnownSettings.WORKER_JAR, SettingParsers.path()),
        reader.optional(KnownSettings.CONSOLE_JAR, SettingParsers.path()),
        reader.optional(KnownSettings.LOGS, SettingParsers.path()),
        rollout(reader));
  }

  private static RolloutRules rollout(SettingsReader reader) {
    RolloutRules usual = RolloutRules.USUAL;
    return new RolloutRules(
        reader.orDefault(
            KnownSettings.CANARY_TASKS,
            SettingParsers.integerBetween(1, 1_000_000),
            usual.canaryTasks()),
        seconds(reader, KnownSettings.CANARY_SECONDS, 1, usual.canaryTime()),
        seconds(reader, KnownSettings.HEALTHY_SECONDS, 0, usual.healthyTime()),
        seconds(reader, KnownSettings.SOAK_SECONDS, 0, usual.soak()));
  }

  private static Duration seconds(SettingsReader reader, String name, int least, Duration usual) {
    return reader.orDefault(
        name,
        text ->
            Duration.ofSeconds(SettingParsers.integerBetween(least, DAY_IN_SECONDS).apply(text)),
        usual);
  }

  /** The directory of the children's output. */
  Path logsBeside(Path database) {
    return logs.orElseGet(() -> database.resolveSibling(database.getFileName() + ".logs"));
  }

  /** People set it by the option as often as by the variable, so the message names both. */
  private static int workerCount(String text) {
    try {
      return SettingParsers.integerBetween(1, MOST_WORKERS).apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("(--workers) " + e.getMessage(), e);
    }
  }
}

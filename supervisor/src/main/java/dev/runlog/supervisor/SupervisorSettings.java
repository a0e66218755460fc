package dev.runlog.supervisor;

import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingParsers;
import dev.runlog.process.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of a supervisor.
 *
 * @param workers how many workers it keeps running
 * @param workerJar where the worker is, empty to look beside this program
 * @param consoleJar where the console is, empty to look beside this program
 * @param logs directory of the children's output, empty for one beside the database
 */
record SupervisorSettings(
    int workers, Optional<Path> workerJar, Optional<Path> consoleJar, Optional<Path> logs) {

  /** Each worker is a JVM of its own; more than this on one machine is a slip of the finger. */
  static final int MOST_WORKERS = 256;

  static final int USUAL_WORKERS = 2;

  static SupervisorSettings read(SettingsReader reader, int usualWorkers) {
    return new SupervisorSettings(
        reader.orDefault(KnownSettings.WORKERS, SupervisorSettings::workerCount, usualWorkers),
        reader.optional(KnownSettings.WORKER_JAR, SettingParsers.path()),
        reader.optional(KnownSettings.CONSOLE_JAR, SettingParsers.path()),
        reader.optional(KnownSettings.LOGS, SettingParsers.path()));
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

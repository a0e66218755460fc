package dev.runlog.console.command;

import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.process.settings.DatabaseSetting;
import dev.runlog.process.settings.SettingsReader;
import java.util.Map;

/** The settings of a command that only reads. */
final class ReadSettings {

  private ReadSettings() {}

  /**
   * Reads them.
   *
   * @throws dev.runlog.process.settings.SettingsException with all problems at once
   */
  static DatabaseSettings from(Map<String, String> env) {
    SettingsReader reader = new SettingsReader(env);
    DatabaseSettings settings = DatabaseSetting.read(reader, env);
    reader.check();
    return settings;
  }
}

package dev.runlog.console.command;

import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingsReader;
import java.util.Map;

/** The settings of a command that only reads. */
final class ReadSettings {

  private static final String DEFAULT_DATABASE = "runlog.db";

  private ReadSettings() {}

  /**
   * Reads them.
   *
   * @throws dev.runlog.process.settings.SettingsException with all problems at once
   */
  static DatabaseSettings from(Map<String, String> env) {
    SettingsReader reader = new SettingsReader(env);
    Durability durability =
        reader.orDefault(KnownSettings.DURABILITY, Durability::of, Durability.POWER);
    DatabaseSettings settings =
        reader.orDefault(
            KnownSettings.DB,
            location -> new DatabaseSettings(location, durability),
            new DatabaseSettings(DEFAULT_DATABASE, durability));
    reader.check();
    return settings;
  }
}

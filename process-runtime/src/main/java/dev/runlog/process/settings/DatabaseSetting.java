package dev.runlog.process.settings;

import dev.runlog.events.db.Credentials;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.util.Map;

/** Where the tables are, as the environment of any process says it. */
public final class DatabaseSetting {

  private static final String DEFAULT_FILE = "runlog.db";

  private DatabaseSetting() {}

  /**
   * Reads it.
   *
   * @param reader keeps the problems, for {@link SettingsReader#check}
   * @param env may name the user of a server, who is no setting of Runlog
   */
  public static DatabaseSettings read(SettingsReader reader, Map<String, String> env) {
    String location =
        reader.orDefault(KnownSettings.DB, DatabaseSetting::checkedLocation, DEFAULT_FILE);
    Durability durability =
        reader.orDefault(KnownSettings.DURABILITY, Durability::of, Durability.POWER);
    return new DatabaseSettings(location, durability, Credentials.of(env));
  }

  private static String checkedLocation(String location) {
    return new DatabaseSettings(location, Durability.POWER).location();
  }
}

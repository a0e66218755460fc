package dev.runlog.process;

import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.settings.DatabaseSetting;
import dev.runlog.process.settings.InstanceName;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingParsers;
import dev.runlog.process.settings.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of every process.
 *
 * @param database where the tables are
 * @param instanceId the name that the process was given, empty when it takes its own
 * @param hasLifeline whether it ends with its standard input
 */
record CommonSettings(DatabaseSettings database, Optional<String> instanceId, boolean hasLifeline) {

  static CommonSettings read(SettingsReader reader, Map<String, String> env) {
    DatabaseSettings database = DatabaseSetting.read(reader, env);
    Optional<String> instanceId =
        reader.optional(ChildEnvironment.INSTANCE_ID, InstanceName::require);
    Optional<String> lifeline =
        reader.optional(
            KnownSettings.LIFELINE, SettingParsers.oneOf(Set.of(ChildEnvironment.LIFELINE_STDIN)));
    return new CommonSettings(database, instanceId, lifeline.isPresent());
  }
}

package dev.runlog.process.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.db.Credentials;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseSettingTest {

  @Test
  void isAFileThatIsSyncedWhereNothingIsSaid() {
    assertThat(read(Map.of())).isEqualTo(new DatabaseSettings("runlog.db", Durability.POWER));
  }

  @Test
  void takesTheUserOfAServerFromPostgresOwnVariables() {
    Map<String, String> env =
        Map.of(
            "RUNLOG_DB",
            "jdbc:postgresql://db/runlog",
            "RUNLOG_DURABILITY",
            "process",
            "PGUSER",
            "ann",
            "PGPASSWORD",
            "hush");
    assertThat(read(env))
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db/runlog",
                Durability.PROCESS,
                new Credentials(Optional.of("ann"), Optional.of("hush"))));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(Map.of("RUNLOG_DB", ":memory:", "RUNLOG_DURABILITY", "maybe")))
        .withMessageContainingAll("RUNLOG_DB", "RUNLOG_DURABILITY");
  }

  private static DatabaseSettings read(Map<String, String> env) {
    SettingsReader reader = new SettingsReader(env);
    DatabaseSettings settings = DatabaseSetting.read(reader, env);
    reader.check();
    return settings;
  }
}

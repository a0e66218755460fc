package dev.runlog.worker.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.EventQuery;
import dev.runlog.process.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SelfCheckTest {

  @TempDir Path directory;

  @Test
  void doesOneTaskOnACopyAndLeavesTheDatabaseAsItWas() {
    Database.open(settings()).close();
    assertThat(check()).isEqualTo(ExitCode.OK);
    try (Database database = Database.openReadOnly(settings())) {
      assertThat(new EventQuery(database).lastId()).isZero();
    }
  }

  @Test
  void refusesASchemaThatIsNewerThanTheBuild() throws SQLException {
    makeNewerSchema();
    assertThat(check()).isEqualTo(ExitCode.MISCONFIGURED);
  }

  @Test
  void passesOnANewerSchemaThatReachesBackToTheBuild() throws SQLException {
    makeNewerSchema();
    execute("INSERT INTO schema_reach VALUES (999, 1)");
    assertThat(check()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesASchemaThatIsOlderInsteadOfMigratingItUnderAFleet() throws SQLException {
    Database.open(settings()).close();
    execute("DELETE FROM flyway_schema_history WHERE cast(version AS INTEGER) > 1");
    assertThat(check()).isEqualTo(ExitCode.MISCONFIGURED);
  }

  @Test
  void refusesADatabaseThatIsNotThere() {
    assertThat(check()).isEqualTo(ExitCode.MISCONFIGURED);
    assertThat(directory.resolve("runlog.db")).doesNotExist();
  }

  private int check() {
    return new SelfCheck(Map.of("RUNLOG_DB", settings().location(), "RUNLOG_DURABILITY", "process"))
        .run();
  }

  private void makeNewerSchema() throws SQLException {
    Database.open(settings()).close();
    execute(
        "INSERT INTO flyway_schema_history"
            + " SELECT installed_rank + 100, '999', description, type, script, checksum,"
            + " installed_by, installed_on, execution_time, success"
            + " FROM flyway_schema_history LIMIT 1");
  }

  private DatabaseSettings settings() {
    return new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("runlog.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

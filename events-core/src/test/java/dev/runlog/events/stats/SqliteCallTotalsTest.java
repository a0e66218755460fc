package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallTotalsTest extends CallTotalsContract {

  private static final String MIGRATIONS = "classpath:dev/runlog/events/db/migration/sqlite";

  @TempDir Path directory;

  @Override
  protected Database open() {
    return SqliteStore.open(directory);
  }

  @Test
  void addsUpWhatAnOlderVersionLogged() throws Exception {
    Path older = Files.createDirectory(directory.resolve("older"));
    String url = "jdbc:sqlite:" + older.resolve("runlog.db");
    Flyway.configure()
        .dataSource(url, null, null)
        .locations(MIGRATIONS)
        .target("1")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO events (timestamp, run_id, instance_id, role, event_type, payload)"
              + " VALUES (0, 1, 'W00001', 'worker', 'llm_call.completed',"
              + " '{\"model_name\":\"gpt-5-mini\",\"input_tokens\":3,\"latency_ms\":7}')");
    }
    try (Database upgraded = SqliteStore.open(older)) {
      CallStats total = new StatsQuery(upgraded).ofAll().total();
      assertThat(total.calls()).isEqualTo(1);
      assertThat(total.inputTokens()).isEqualTo(3);
    }
  }
}

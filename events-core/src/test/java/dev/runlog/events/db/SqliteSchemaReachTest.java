package dev.runlog.events.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

class SqliteSchemaReachTest extends SchemaReachContract {

  @TempDir Path directory;

  @Override
  protected DatabaseSettings settings() {
    return new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS);
  }

  @Override
  protected void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("runlog.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

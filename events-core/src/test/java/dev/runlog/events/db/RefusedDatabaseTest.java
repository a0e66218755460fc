package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no database is opened, and what is said then. */
class RefusedDatabaseTest {

  @TempDir Path directory;

  @Test
  void refusesADirectory() throws IOException {
    Files.createDirectory(directory.resolve("fleet"));
    assertMisconfigured("fleet", "it is a directory; name a file");
  }

  @Test
  void refusesAMissingDirectory() {
    assertMisconfigured("missing/runlog.db", "does not exist; create it");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "these are my notes, ".repeat(500));
    assertMisconfigured("notes.txt", "the file is not a SQLite database");
    assertThat(directory.resolve("notes.txt")).hasContent("these are my notes, ".repeat(500));
  }

  @Test
  void refusesTheDatabaseOfAnotherProgramAndLeavesItAsItIs() throws SQLException, IOException {
    execute("other.db", "CREATE TABLE invoices (id INTEGER)");
    byte[] before = Files.readAllBytes(directory.resolve("other.db"));
    assertMisconfigured("other.db", "a SQLite database of another program");
    assertThat(directory.resolve("other.db")).hasBinaryContent(before);
  }

  @Test
  void refusesASchemaFromTheFuture() throws SQLException {
    open("runlog.db").close();
    execute(
        "runlog.db",
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)"
            + " VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 'someone', 1, 1)");
    assertMisconfigured(
        "runlog.db", "its schema has version 99, this program knows versions up to");
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> Database.openReadOnly(settings("runlog.db")))
        .withMessageContaining("use the newer program");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":memory:",
        "",
        "  ",
        "jdbc:mysql://root:secret@db/x",
        "postgres://root:secret@db/x",
        "file:x?mode=memory"
      })
  void refusesALocationWhereNoStoreCanBe(String location) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatabaseSettings(location, Durability.POWER))
        .satisfies(
            e ->
                assertThat(e.getMessage()).contains("give the path of a").doesNotContain("secret"));
  }

  private void assertMisconfigured(String file, String message) {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> open(file))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .withMessageContaining(message);
  }

  private void execute(String file, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Database open(String file) {
    return Database.open(settings(file));
  }

  private DatabaseSettings settings(String file) {
    return new DatabaseSettings(directory.resolve(file).toString(), Durability.PROCESS);
  }
}

package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import dev.runlog.events.files.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A place of the same kind as a database, for trying things without touching it: a copy of a SQLite
 * file in a temporary directory, or a schema of its own beside the tables on PostgreSQL. Whoever
 * makes it closes it, which removes it; what a killed process left is removed an hour later by the
 * next one.
 */
public final class ScratchDatabase implements AutoCloseable {

  /** A larger file is not copied: its schema says what a check wants to know. */
  private static final long LARGEST_COPY_BYTES = 64L * 1024 * 1024;

  private static final String SCHEMA_PREFIX = "runlog_scratch_";
  private static final long SECONDS_TO_KEEP = 3600;
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  /** Removes what was made. */
  private interface Removal {
    void run() throws IOException, SQLException;
  }

  private final DatabaseSettings settings;
  private final Removal removal;

  private ScratchDatabase(DatabaseSettings settings, Removal removal) {
    this.settings = settings;
    this.removal = removal;
  }

  /**
   * Makes one.
   *
   * @param original the database, which is only read
   * @throws DatabaseException when it cannot be made; the message says why
   */
  public static ScratchDatabase like(DatabaseSettings original) {
    QuietLibraries.apply();
    try {
      return original.file().isPresent()
          ? copyOf(original.file().get(), original)
          : schemaBeside(original);
    } catch (SQLException | IOException e) {
      throw new DatabaseException(
          Kind.UNAVAILABLE,
          "make a scratch copy of " + original.description() + ": " + e.getMessage(),
          e);
    }
  }

  /** Where it is. */
  public DatabaseSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    try {
      removal.run();
    } catch (IOException e) {
      throw new UncheckedIOException("remove " + settings.description(), e);
    } catch (SQLException e) {
      throw new DatabaseException(
          Kind.FAILED, "remove " + settings.description() + ": " + e.getMessage(), e);
    }
  }

  private static ScratchDatabase copyOf(Path file, DatabaseSettings original)
      throws SQLException, IOException {
    ScratchDirectory directory = ScratchDirectory.of("scratch");
    Path copy = directory.path().resolve("scratch.db");
    try {
      copy(file, copy, original.durability());
    } catch (SQLException | IOException e) {
      directory.close();
      throw e;
    }
    return new ScratchDatabase(
        new DatabaseSettings(copy.toString(), original.durability()), directory::close);
  }

  private static void copy(Path file, Path copy, Durability durability)
      throws SQLException, IOException {
    if (Files.size(file) > LARGEST_COPY_BYTES) {
      return;
    }
    try (Connection connection =
            new SqliteConnections(file, durability, LOCK_WAIT).openReaderOnly();
        Statement statement = connection.createStatement()) {
      // The file itself is opened read-only; the copy is not.
      statement.execute("PRAGMA query_only = 0");
      statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
    }
  }

  private static ScratchDatabase schemaBeside(DatabaseSettings original) throws SQLException {
    String schema =
        SCHEMA_PREFIX + Instant.now().getEpochSecond() + "_" + ProcessHandle.current().pid();
    try (Connection connection = connect(original);
        Statement statement = connection.createStatement()) {
      for (String old : leftBehind(statement)) {
        statement.execute("DROP SCHEMA " + old + " CASCADE");
      }
      statement.execute("CREATE SCHEMA " + schema);
    }
    String url = original.location();
    String inSchema = url.replaceFirst("([?&])currentSchema=[^&]*", "$1").replaceFirst("[?&]$", "");
    DatabaseSettings settings =
        new DatabaseSettings(
            inSchema + (inSchema.contains("?") ? "&" : "?") + "currentSchema=" + schema,
            original.durability(),
            original.credentials());
    return new ScratchDatabase(settings, () -> drop(original, schema));
  }

  private static List<String> leftBehind(Statement statement) throws SQLException {
    long newest = Instant.now().getEpochSecond() - SECONDS_TO_KEEP;
    List<String> old = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^"
                + SCHEMA_PREFIX
                + "[0-9]+_[0-9]+$'")) {
      while (rows.next()) {
        String name = rows.getString(1);
        String made = name.substring(SCHEMA_PREFIX.length(), name.lastIndexOf('_'));
        if (Long.parseLong(made) < newest) {
          old.add(name);
        }
      }
    }
    return old;
  }

  private static void drop(DatabaseSettings original, String schema) throws SQLException {
    try (Connection connection = connect(original);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA " + schema + " CASCADE");
    }
  }

  private static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.location(), PostgresUrl.of(settings).properties());
  }
}

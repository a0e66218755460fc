package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The tables in the current schema of a PostgreSQL database. Processes that start together queue at
 * an advisory lock.
 */
final class PostgresSchema implements SchemaHome {

  /** Opens a connection that may read the schema. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private static final String LOCK_KEY = "hashtextextended('runlog schema', 0)";

  /** What extensions brought does not count: a database may be given with some. */
  private static final String COUNT_RELATIONS =
      """
      SELECT count(*) FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
      """;

  private final PostgresUrl url;
  private final Opener opener;

  PostgresSchema(PostgresUrl url, Opener opener) {
    this.url = url;
    this.opener = opener;
  }

  @Override
  public String description() {
    return url.description();
  }

  @Override
  public int version() throws SQLException {
    try (Connection connection = opener.open();
        Statement statement = connection.createStatement()) {
      requireSchema(statement);
      if (number(
              statement,
              "SELECT count(to_regclass(quote_ident(current_schema()) || '.flyway_schema_history'))")
          == 0) {
        return number(statement, COUNT_RELATIONS) == 0
            ? SchemaVersion.EMPTY
            : SchemaVersion.FOREIGN;
      }
      return number(
          statement,
          "SELECT coalesce(max(version::integer), 0) FROM flyway_schema_history WHERE success");
    }
  }

  @Override
  public int number(String sql) throws SQLException {
    try (Connection connection = opener.open();
        Statement statement = connection.createStatement()) {
      return number(statement, sql);
    }
  }

  @Override
  public String adviceWhenForeign() {
    return "it holds tables of another program; name another database in RUNLOG_DB, or a schema of its own by ?currentSchema=NAME";
  }

  @Override
  public String migrations() {
    return "classpath:dev/runlog/events/db/migration/postgresql";
  }

  @Override
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.url());
    Properties properties = url.properties();
    if (source.getUser() == null) {
      source.setUser(PGProperty.USER.getOrDefault(properties));
    }
    if (source.getPassword() == null) {
      source.setPassword(PGProperty.PASSWORD.getOrDefault(properties));
    }
    return source;
  }

  @Override
  public void alone(Migration migration) throws SQLException {
    try (Connection connection = opener.open();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + LOCK_KEY + ")");
      // The lock ends with its connection.
      migration.run();
    }
  }

  private void requireSchema(Statement statement) throws SQLException {
    if (number(statement, "SELECT count(current_schema())") == 0) {
      throw new DatabaseException(
          Kind.MISCONFIGURED,
          "open database "
              + description()
              + ": the schema of this connection does not exist; create it, or name another one by ?currentSchema=NAME");
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}

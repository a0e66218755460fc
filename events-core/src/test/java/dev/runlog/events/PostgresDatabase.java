package dev.runlog.events;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database for one test at a time, with empty tables. They are emptied rather than
 * made again: each database is a thousand files, which take longer to delete than all tests to run.
 */
public final class PostgresDatabase {

  private static final String EMPTY_ALL_TABLES =
      """
      DO $$
      BEGIN
        EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
                 FROM pg_tables
                 WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history');
      END
      $$
      """;

  private static @Nullable String shared;

  private @Nullable String url;

  /** Opens it; the first time its tables are emptied. */
  public Database open() {
    return Database.open(settings());
  }

  public DatabaseSettings settings() {
    return new DatabaseSettings(url(), Durability.POWER);
  }

  /** Its URL, with user and password. */
  public String url() {
    if (url == null) {
      url = emptied(PostgresServer.require());
    }
    return url;
  }

  private static synchronized String emptied(PostgresServer server) {
    if (shared == null) {
      shared = server.newDatabase();
      Database.open(new DatabaseSettings(shared, Durability.POWER)).close();
    } else {
      PostgresServer.execute(shared, EMPTY_ALL_TABLES);
    }
    return shared;
  }
}

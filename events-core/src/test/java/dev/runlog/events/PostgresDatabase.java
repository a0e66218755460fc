package dev.runlog.events;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database of one test's own, with the tables made. */
public final class PostgresDatabase {

  private static final String TEMPLATE = "runlog_template";

  private static boolean hasTemplate;

  private @Nullable String url;

  /** Opens it; the first time it is created. */
  public Database open() {
    return Database.open(settings());
  }

  public DatabaseSettings settings() {
    return new DatabaseSettings(url(), Durability.POWER);
  }

  /** Its URL, with user and password. */
  public String url() {
    if (url == null) {
      url = create(PostgresServer.require());
    }
    return url;
  }

  /** Migrating a copy of each would take most of the time of the tests. */
  private static synchronized String create(PostgresServer server) {
    if (!hasTemplate) {
      server.execute("CREATE DATABASE " + TEMPLATE);
      Database.open(new DatabaseSettings(server.url(TEMPLATE), Durability.POWER)).close();
      hasTemplate = true;
    }
    return server.newDatabaseLike(TEMPLATE);
  }
}

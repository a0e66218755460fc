package dev.runlog.events;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.nio.file.Path;

/** Opens a SQLite store for a contract. */
public final class SqliteStore {

  private SqliteStore() {}

  public static Database open(Path directory) {
    return Database.open(
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS));
  }
}

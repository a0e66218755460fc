package dev.runlog.events.stats;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StatsSqliteTest extends StatsQueryContract {

  @TempDir private Path directory;

  @Override
  Database open() {
    return Database.open(
        new DatabaseSettings(directory.resolve("runlog.db").toString(), Durability.PROCESS));
  }
}

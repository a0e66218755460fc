package dev.runlog.events.log;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRefusedEventTest extends RefusedEventContract {

  @TempDir Path directory;

  @Override
  protected Database open() {
    return SqliteStore.open(directory);
  }
}

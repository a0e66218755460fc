package dev.runlog.events.tasks;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCancellationTest extends CancellationContract {

  @TempDir Path directory;

  @Override
  protected Database open() {
    return SqliteStore.open(directory);
  }
}

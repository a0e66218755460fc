package dev.runlog.events.revisions;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRevisionStoreTest extends RevisionStoreContract {

  @TempDir Path directory;

  @Override
  protected Database open() {
    return SqliteStore.open(directory);
  }
}

package dev.runlog.events.stats;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAnsweredCallsTest extends AnsweredCallsContract {

  @TempDir private Path store;

  @Override
  protected Database open() {
    return SqliteStore.open(store);
  }
}

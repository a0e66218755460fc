package dev.runlog.events.retention;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresPruningTest extends PruningContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

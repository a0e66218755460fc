package dev.runlog.events.log;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresEventLogTest extends EventLogContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

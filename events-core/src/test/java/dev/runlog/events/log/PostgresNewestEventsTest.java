package dev.runlog.events.log;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresNewestEventsTest extends NewestEventsContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

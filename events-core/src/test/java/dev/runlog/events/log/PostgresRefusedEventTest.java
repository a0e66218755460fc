package dev.runlog.events.log;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresRefusedEventTest extends RefusedEventContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

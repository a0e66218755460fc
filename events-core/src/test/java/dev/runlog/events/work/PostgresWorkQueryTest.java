package dev.runlog.events.work;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresWorkQueryTest extends WorkQueryContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

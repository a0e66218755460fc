package dev.runlog.events.tasks;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresAttemptEndTest extends AttemptEndContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

package dev.runlog.events.tasks;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresCancellationTest extends CancellationContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

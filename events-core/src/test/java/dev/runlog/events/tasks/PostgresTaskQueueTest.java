package dev.runlog.events.tasks;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresTaskQueueTest extends TaskQueueContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

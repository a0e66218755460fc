package dev.runlog.events.tasks;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresTaskKindsTest extends TaskKindsContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

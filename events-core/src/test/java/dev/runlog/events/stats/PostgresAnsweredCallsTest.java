package dev.runlog.events.stats;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresAnsweredCallsTest extends AnsweredCallsContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

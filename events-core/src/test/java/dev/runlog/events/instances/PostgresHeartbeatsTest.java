package dev.runlog.events.instances;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresHeartbeatsTest extends HeartbeatsContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

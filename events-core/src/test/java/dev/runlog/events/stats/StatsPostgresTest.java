package dev.runlog.events.stats;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class StatsPostgresTest extends StatsQueryContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  Database open() {
    return postgres.open();
  }
}

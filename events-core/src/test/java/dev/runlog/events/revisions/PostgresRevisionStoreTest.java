package dev.runlog.events.revisions;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresRevisionStoreTest extends RevisionStoreContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

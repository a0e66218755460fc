package dev.runlog.events.verify;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;

class PostgresVerificationTest extends VerificationContract {

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }
}

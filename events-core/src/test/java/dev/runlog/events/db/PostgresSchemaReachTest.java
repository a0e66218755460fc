package dev.runlog.events.db;

import dev.runlog.events.PostgresServer;

/** In a database of its own: the others go on with the schema of today. */
class PostgresSchemaReachTest extends SchemaReachContract {

  private final String url = PostgresServer.require().newDatabase();

  @Override
  protected DatabaseSettings settings() {
    return new DatabaseSettings(url, Durability.POWER);
  }

  @Override
  protected void execute(String sql) {
    PostgresServer.execute(url, sql);
  }
}

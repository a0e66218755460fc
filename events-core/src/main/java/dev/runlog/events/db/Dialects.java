package dev.runlog.events.db;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** How jOOQ speaks to each store. */
final class Dialects {

  static {
    QuietLibraries.apply();
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private Dialects() {}

  static DSLContext sqlite(Connection connection) {
    return DSL.using(connection, SQLDialect.SQLITE, settings());
  }

  static DSLContext postgres(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES, settings());
  }

  private static Settings settings() {
    return new Settings().withRenderSchema(false).withExecuteLogging(false);
  }
}

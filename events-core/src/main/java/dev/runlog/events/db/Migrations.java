package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the schema of this program. Of processes that start together the first one
 * migrates, the others find the schema current. Flyway is loaded only when there is something to
 * migrate.
 */
final class Migrations {

  private final SchemaHome home;

  Migrations(SchemaHome home) {
    this.home = home;
  }

  /**
   * Migrates if needed.
   *
   * @throws DatabaseException of kind MISCONFIGURED when the schema is of the future or of another
   *     program
   */
  void bringUpToDate() throws SQLException, IOException {
    if (!isCurrent()) {
      home.alone(this::migrateUnlessCurrent);
    }
  }

  /**
   * Checks that the schema is the one that this program knows.
   *
   * @throws DatabaseException of kind MISCONFIGURED when it is not
   */
  void requireCurrent() throws SQLException {
    int version = home.version();
    if (version == SchemaVersion.EMPTY || version == SchemaVersion.FOREIGN) {
      throw misconfigured("it is no Runlog database; name another one with --db or RUNLOG_DB");
    }
    requireNotNewer(version);
    if (version < SchemaVersion.CURRENT) {
      throw misconfigured(
          "its schema has version "
              + version
              + ", this program reads version "
              + SchemaVersion.CURRENT
              + "; start a supervisor of this version once, it migrates the schema");
    }
  }

  private boolean isCurrent() throws SQLException {
    int version = home.version();
    if (version == SchemaVersion.FOREIGN) {
      throw misconfigured(home.adviceWhenForeign());
    }
    requireNotNewer(version);
    return version == SchemaVersion.CURRENT;
  }

  private void migrateUnlessCurrent() throws SQLException {
    if (!isCurrent()) {
      QuietLibraries.apply();
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(home.dataSource())
          .locations(home.migrations())
          .load()
          .migrate();
    }
  }

  private void requireNotNewer(int version) {
    if (version > SchemaVersion.CURRENT) {
      throw misconfigured(
          "its schema has version "
              + version
              + ", this program knows versions up to "
              + SchemaVersion.CURRENT
              + "; use the newer program, or name another database with --db or RUNLOG_DB");
    }
  }

  private DatabaseException misconfigured(String why) {
    return new DatabaseException(
        Kind.MISCONFIGURED, "open database " + home.description() + ": " + why);
  }
}

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
   * @throws DatabaseException of kind MISCONFIGURED when the schema is of another program, or of a
   *     future that this one does not fit
   */
  void bringUpToDate() throws SQLException, IOException {
    if (!isUpToDate()) {
      home.alone(this::migrateUnlessUpToDate);
    }
  }

  /**
   * Checks that this program works on the schema as it is.
   *
   * @throws DatabaseException of kind MISCONFIGURED when it does not
   */
  void requireFit() throws SQLException {
    int version = home.version();
    if (version == SchemaVersion.EMPTY || version == SchemaVersion.FOREIGN) {
      throw misconfigured("it is no Runlog database; name another one with --db or RUNLOG_DB");
    }
    requireReach(version);
    if (version < SchemaVersion.CURRENT) {
      throw misconfigured(
          "its schema has version "
              + version
              + ", this program reads version "
              + SchemaVersion.CURRENT
              + "; start a supervisor of this version once, it migrates the schema");
    }
  }

  private boolean isUpToDate() throws SQLException {
    int version = home.version();
    if (version == SchemaVersion.FOREIGN) {
      throw misconfigured(home.adviceWhenForeign());
    }
    requireReach(version);
    return version >= SchemaVersion.CURRENT;
  }

  private void migrateUnlessUpToDate() throws SQLException {
    if (!isUpToDate()) {
      QuietLibraries.apply();
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(home.dataSource())
          .locations(home.migrations())
          .load()
          .migrate();
    }
  }

  /** A newer schema may reach back to this program. */
  private void requireReach(int version) throws SQLException {
    if (version > SchemaVersion.CURRENT
        && home.oldestProgramFor(version).orElse(version) > SchemaVersion.CURRENT) {
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

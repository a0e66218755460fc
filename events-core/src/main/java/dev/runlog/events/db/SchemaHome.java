package dev.runlog.events.db;

import java.io.IOException;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** The place of one store where the tables are made, as {@link Migrations} sees it. */
interface SchemaHome {

  /** What is to be done by one process at a time. */
  interface Migration {
    void run() throws SQLException;
  }

  /** How people are told of the place. */
  String description();

  /** The version of the schema there, or one of {@link SchemaVersion}'s special values. */
  int version() throws SQLException;

  /**
   * The version of the oldest program that works on a version of the schema that is newer than this
   * program's; empty when no older one does.
   */
  default OptionalInt oldestProgramFor(int version) throws SQLException {
    int oldest = number("SELECT min(oldest_program) FROM schema_reach WHERE version = " + version);
    return oldest > 0 ? OptionalInt.of(oldest) : OptionalInt.empty();
  }

  /** The number that a query finds, 0 when it finds none. */
  int number(String sql) throws SQLException;

  /** Why tables of another program are no place for these, and what to do. */
  String adviceWhenForeign();

  /** The folder of the migrations in this store's SQL. */
  String migrations();

  /** Where the migration library connects to. */
  DataSource dataSource();

  /** Runs something while no other process does, whichever way it came here. */
  void alone(Migration migration) throws SQLException, IOException;
}

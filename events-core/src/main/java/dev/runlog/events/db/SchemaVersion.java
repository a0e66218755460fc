package dev.runlog.events.db;

/** The version of the schema in a database, read without the migration library. */
final class SchemaVersion {

  /** The version that this program's migrations produce; a test compares the newest file. */
  static final int CURRENT = 8;

  /** A database without any table. */
  static final int EMPTY = 0;

  /** Tables that the migrations did not make. */
  static final int FOREIGN = -1;

  private SchemaVersion() {}
}

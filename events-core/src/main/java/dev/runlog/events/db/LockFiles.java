package dev.runlog.events.db;

import java.nio.file.Path;

/**
 * Where locks on files of their own are kept: beside the database, never the database file itself.
 */
public final class LockFiles {

  private LockFiles() {}

  /** The directory of the lock files of a database; it may not exist yet. */
  public static Path directoryOf(Path databaseFile) {
    return databaseFile.resolveSibling(databaseFile.getFileName() + ".locks");
  }
}

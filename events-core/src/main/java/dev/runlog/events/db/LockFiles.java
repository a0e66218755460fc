package dev.runlog.events.db;

import java.nio.file.Path;

/**
 * Where locks on files of their own are kept: beside the database, never the database file itself.
 */
public final class LockFiles {

  private LockFiles() {}

  /**
   * The directory of the lock files of a database; it may not exist yet.
   *
   * @param localPath {@link DatabaseSettings#localPath}
   */
  public static Path directoryOf(Path localPath) {
    return localPath.resolveSibling(localPath.getFileName() + ".locks");
  }
}

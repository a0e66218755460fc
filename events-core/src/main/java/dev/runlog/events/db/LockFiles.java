package dev.runlog.events.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where locks on files of their own are kept: beside the database, never the database file itself.
 */
public final class LockFiles {

  private LockFiles() {}

  /**
   * The directory of the lock files of a database; it may not exist yet. It is the same whichever
   * path leads to the database, by links or not.
   *
   * @param localPath {@link DatabaseSettings#localPath}
   */
  public static Path directoryOf(Path localPath) {
    Path real = realPathOf(localPath);
    return real.resolveSibling(real.getFileName() + ".locks");
  }

  /** The path as it is where it cannot be resolved. */
  private static Path realPathOf(Path path) {
    try {
      Path parent = path.getParent();
      return Files.exists(path) || parent == null
          ? path.toRealPath()
          : parent.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      return path;
    }
  }
}

package dev.runlog.events.db;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the tables are and what a commit survives.
 *
 * @param location path of the SQLite file
 * @param durability what an acknowledged event survives
 */
public record DatabaseSettings(String location, Durability durability) {

  /**
   * Checks the location without touching it.
   *
   * @throws IllegalArgumentException when no store can be at that location; the message says why
   */
  public DatabaseSettings {
    if (location.isBlank()) {
      throw new IllegalArgumentException(
          "the database location is empty; give the path of a SQLite file");
    }
    if (location.equals(":memory:") || location.contains("mode=memory")) {
      throw new IllegalArgumentException(
          "'"
              + location
              + "' is a database in memory, which a tree of processes cannot share; give the path of a file");
    }
    if (location.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "'"
              + location.replaceFirst("//.*", "//…")
              + "' is a store that this version does not support; give the path of a SQLite file");
    }
    toPath(location);
  }

  /** The SQLite file, absolute, so that it means the same in every working directory. */
  public Path file() {
    return toPath(location);
  }

  private static Path toPath(String location) {
    try {
      return Path.of(location).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + location + "' is not a path: " + e.getReason(), e);
    }
  }
}

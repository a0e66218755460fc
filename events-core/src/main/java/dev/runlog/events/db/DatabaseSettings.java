package dev.runlog.events.db;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the tables are and what a commit survives.
 *
 * @param location path of a SQLite file, or the {@code jdbc:postgresql:} URL of a database, which
 *     may hold a password
 * @param durability what an acknowledged event survives; on PostgreSQL every commit is synced
 * @param credentials who asks a server for it, where the URL does not say so
 */
public record DatabaseSettings(String location, Durability durability, Credentials credentials) {

  /**
   * Checks the location without touching it.
   *
   * @throws IllegalArgumentException when no store can be at that location; the message says why
   */
  public DatabaseSettings {
    if (location.isBlank()) {
      throw new IllegalArgumentException(
          "the database location is empty; give the path of a SQLite file, or a "
              + PostgresUrl.PREFIX
              + " URL");
    }
    if (location.equals(":memory:") || location.contains("mode=memory")) {
      throw new IllegalArgumentException(
          "'"
              + location
              + "' is a database in memory, which a tree of processes cannot share; give the path of a file");
    }
    if (isPostgres(location)) {
      PostgresUrl.require(location);
    } else if (isUrl(location)) {
      throw new IllegalArgumentException(
          "'"
              + location.replaceFirst("//.*", "//…")
              + "' is a store that this version does not support; give the path of a SQLite file, or a "
              + PostgresUrl.PREFIX
              + " URL");
    } else {
      toPath(location);
    }
  }

  /** A location that needs no credentials, or a URL that holds them. */
  public DatabaseSettings(String location, Durability durability) {
    this(location, durability, Credentials.NONE);
  }

  /** The SQLite file, absolute; empty when the tables are on a server. */
  public Optional<Path> file() {
    return isPostgres(location) ? Optional.empty() : Optional.of(toPath(location));
  }

  /**
   * The location in a form that means the same in every working directory. It may hold a password:
   * it is for an environment, not for people.
   */
  public String absoluteLocation() {
    return file().map(Path::toString).orElse(location);
  }

  /** The location as people are told it, without a password. */
  public String description() {
    return file().map(Path::toString).orElseGet(() -> PostgresUrl.of(this).description());
  }

  /**
   * The path beside which this machine keeps what belongs to the database, such as locks and logs:
   * the SQLite file itself, or for a server a path in the working directory named after the
   * database, where no file needs to be.
   */
  public Path localPath() {
    return file().orElseGet(() -> toPath(PostgresUrl.of(this).database()));
  }

  /** The passwords in these settings, to be kept out of events. */
  public List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    credentials.password().ifPresent(secrets::add);
    if (isPostgres(location)) {
      PostgresUrl.passwordIn(location).ifPresent(secrets::add);
    }
    return secrets;
  }

  @Override
  public String toString() {
    return "DatabaseSettings[location="
        + description()
        + ", durability="
        + durability.wireName()
        + "]";
  }

  private static boolean isPostgres(String location) {
    return location.startsWith(PostgresUrl.PREFIX);
  }

  /** A scheme of one letter would be a drive of Windows. */
  private static boolean isUrl(String location) {
    return location.startsWith("jdbc:") || location.matches("[a-z][a-z0-9+.-]+://.*");
  }

  private static Path toPath(String location) {
    try {
      return Path.of(location).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + location + "' is not a path: " + e.getReason(), e);
    }
  }
}

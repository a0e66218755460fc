package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at the place of a SQLite file before SQLite does, for messages that name the fault. Never
 * opens the file itself: closing any descriptor of it would drop the POSIX locks that SQLite holds
 * in this process.
 */
final class SqliteFile {

  /** File systems on which WAL's shared memory or POSIX locks do not work between machines. */
  private static final Set<String> NETWORK_FILE_SYSTEMS =
      Set.of(
          "nfs",
          "nfs3",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "afs",
          "9p",
          "ceph",
          "fuse.ceph",
          "fuse.glusterfs",
          "fuse.sshfs",
          "lustre",
          "beegfs",
          "gpfs");

  private SqliteFile() {}

  /**
   * Checks that a database can be created or opened for writing there.
   *
   * @throws DatabaseException of kind MISCONFIGURED when not
   */
  static void requireWritablePlace(Path file) {
    requireNoDirectory(file);
    Path directory = directoryOf(file);
    if (!Files.isDirectory(directory)) {
      throw misconfigured(
          file,
          "the directory "
              + directory
              + " does not exist; create it, or name another file in RUNLOG_DB");
    }
    if (Files.exists(file)) {
      requireReadable(file);
      if (!Files.isWritable(file)) {
        throw misconfigured(
            file,
            "the file is not writable by this user; change its permissions, or name another file in RUNLOG_DB");
      }
    }
    if (!Files.isWritable(directory)) {
      throw misconfigured(
          file,
          "the directory "
              + directory
              + " is not writable by this user, and SQLite keeps its log beside the database");
    }
    requireLocal(file, directory);
  }

  /**
   * Checks that there is a database to read.
   *
   * @throws DatabaseException of kind MISCONFIGURED when not
   */
  static void requireExisting(Path file) {
    requireNoDirectory(file);
    if (!Files.exists(file)) {
      throw misconfigured(
          file,
          "there is no database; start a fleet or submit a task first, or name another file with --db or RUNLOG_DB");
    }
    requireReadable(file);
    requireLocal(file, directoryOf(file));
  }

  private static void requireNoDirectory(Path file) {
    if (Files.isDirectory(file)) {
      throw misconfigured(
          file, "it is a directory; name a file, such as " + file.resolve("runlog.db"));
    }
  }

  private static void requireReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw misconfigured(
          file,
          "the file is not readable by this user; change its permissions, or name another file in RUNLOG_DB");
    }
  }

  private static void requireLocal(Path file, Path directory) {
    try {
      String type = Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
      if (NETWORK_FILE_SYSTEMS.contains(type)) {
        throw misconfigured(
            file,
            "it is on a network file system ("
                + type
                + "), where SQLite loses data; use a local disk, or PostgreSQL by RUNLOG_DB=jdbc:postgresql://host/database");
      }
    } catch (IOException e) {
      throw new DatabaseException(
          Kind.UNAVAILABLE,
          "open database: the file system of " + directory + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  private static Path directoryOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static DatabaseException misconfigured(Path file, String why) {
    return new DatabaseException(Kind.MISCONFIGURED, "open database " + file + ": " + why);
  }
}

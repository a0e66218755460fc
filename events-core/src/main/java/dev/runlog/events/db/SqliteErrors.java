package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** Says what SQLite's result codes mean for the people who run a fleet. */
final class SqliteErrors {

  private SqliteErrors() {}

  /**
   * Whether SQLite may have rolled back the whole transaction by itself,
   * https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
   */
  static boolean endsTransaction(Throwable thrown) {
    SQLiteException cause = sqliteCause(thrown);
    return cause != null
        && switch (cause.getResultCode().code & 0xff) {
          case 5, 7, 9, 10, 13 -> true;
          default -> false;
        };
  }

  /**
   * The exception to throw for one that came out of JDBC, jOOQ or Flyway while something was being
   * done.
   *
   * @param lockWait how long a lock was waited for
   */
  static DatabaseException translate(String doing, Path file, Duration lockWait, Throwable thrown) {
    if (thrown instanceof DatabaseException translated) {
      return translated;
    }
    SQLiteException cause = sqliteCause(thrown);
    if (cause == null) {
      return new DatabaseException(
          Kind.FAILED, doing + ": " + thrown.getMessage() + " (" + file + ")", thrown);
    }
    // The primary result code is the low byte of the extended one,
    // https://www.sqlite.org/rescode.html
    return switch (cause.getResultCode().code & 0xff) {
      case 5, 6 ->
          error(
              Kind.BUSY,
              doing,
              file,
              cause,
              "the database stayed locked for "
                  + lockWait.toMillis()
                  + " ms; nothing was written; is another writer holding a transaction open?");
      case 13 ->
          error(
              Kind.UNAVAILABLE,
              doing,
              file,
              cause,
              "the disk is full; nothing was written, what was acknowledged stays; free some space and try again");
      case 8 ->
          error(
              Kind.MISCONFIGURED,
              doing,
              file,
              cause,
              "the database is read-only; give this user write access to the file and its directory");
      case 14, 23 ->
          error(
              Kind.MISCONFIGURED,
              doing,
              file,
              cause,
              "the database cannot be opened; check the path and the permissions of the file and its directory");
      case 26 ->
          error(
              Kind.MISCONFIGURED,
              doing,
              file,
              cause,
              "the file is not a SQLite database; name another one in RUNLOG_DB");
      case 11 ->
          error(
              Kind.FAILED,
              doing,
              file,
              cause,
              "the database file is damaged; restore a copy, or name a new one in RUNLOG_DB");
      case 10 ->
          error(
              Kind.UNAVAILABLE,
              doing,
              file,
              cause,
              "the disk failed to read or write; nothing was written, what was acknowledged stays");
      default -> error(Kind.FAILED, doing, file, cause, String.valueOf(cause.getMessage()));
    };
  }

  private static DatabaseException error(
      Kind kind, String doing, Path file, Throwable cause, String consequence) {
    return new DatabaseException(kind, doing + ": " + consequence + " (" + file + ")", cause);
  }

  private static @Nullable SQLiteException sqliteCause(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLiteException sqlite) {
        return sqlite;
      }
    }
    return null;
  }
}

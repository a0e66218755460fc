package dev.runlog.events.retention;

import dev.runlog.events.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;

/**
 * Keeps SQLite's write-ahead log from growing for ever. Its pages are copied into the database all
 * the time, but the log starts at its beginning again only at a moment without readers, and under
 * load there may be none. One process of a fleet, the supervisor, therefore makes such a moment
 * whenever the log is too long: writers wait while the readers of that moment finish. Does nothing
 * on other stores. Thread-safe.
 */
public final class WalLimit {

  /** Above the size to which SQLite cuts the file, so that an ordinary log is left alone. */
  public static final long USUAL_BYTES = 128L * 1024 * 1024;

  /** A reader that takes longer is waited for next time: writers must not stand still for it. */
  private static final int LONGEST_WAIT_MILLIS = 1000;

  private final Database database;
  private final long bytes;

  /**
   * @param bytes how long the log may become
   */
  public WalLimit(Database database, long bytes) {
    this.database = database;
    this.bytes = bytes;
  }

  /**
   * Empties the log if it is too long.
   *
   * @return whether it was emptied; false as well when a reader took too long
   */
  public boolean enforce() {
    return database.read(sql -> isSqlite(sql) && isTooLong(sql) && isEmptied(sql));
  }

  private static boolean isSqlite(DSLContext sql) {
    return sql.dialect().family() == SQLDialect.SQLITE;
  }

  private boolean isTooLong(DSLContext sql) {
    String file = sql.fetchSingle("PRAGMA database_list").get("file", String.class);
    return sizeOf(Path.of(file + "-wal")) > bytes;
  }

  private static long sizeOf(Path wal) {
    try {
      return Files.size(wal);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("read the size of " + wal, e);
    }
  }

  /** Runs on a connection that has not read yet: one with a snapshot would wait for itself. */
  private static boolean isEmptied(DSLContext sql) {
    int usualWait = sql.fetchSingle("PRAGMA busy_timeout").get(0, Integer.class);
    sql.execute("PRAGMA busy_timeout = " + LONGEST_WAIT_MILLIS);
    try {
      Optional<Record> result = sql.fetchOptional("PRAGMA wal_checkpoint(TRUNCATE)");
      return result.map(row -> row.get("busy", Integer.class) == 0).orElse(false);
    } catch (DataAccessException e) {
      // Somebody else empties the log.
      return false;
    } finally {
      sql.execute("PRAGMA busy_timeout = " + usualWait);
    }
  }
}

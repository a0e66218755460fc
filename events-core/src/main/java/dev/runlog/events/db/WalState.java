package dev.runlog.events.db;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What SQLite's {@code PRAGMA wal_checkpoint} answers.
 *
 * @param isBusy whether somebody else was at it already, so that nothing was done
 * @param pages in the write-ahead log
 * @param copied how many of them are in the database file as well
 */
record WalState(boolean isBusy, int pages, int copied) {

  /** Reads it and closes the rows. */
  static WalState of(ResultSet rows) throws SQLException {
    try (rows) {
      rows.next();
      return new WalState(rows.getInt(1) != 0, rows.getInt(2), rows.getInt(3));
    }
  }

  int notCopied() {
    return pages - copied;
  }
}

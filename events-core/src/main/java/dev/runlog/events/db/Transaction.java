package dev.runlog.events.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * What a piece of work sees of the transaction that it runs in. Only valid inside that work, on its
 * thread: what it does is committed when the work returns and its caller is back, or not at all
 * when the work throws.
 */
public final class Transaction {

  private final WriteConnection connection;
  private final List<Runnable> afterCommit = new ArrayList<>();

  Transaction(WriteConnection connection) {
    this.connection = connection;
  }

  /** SQL by jOOQ on this transaction's connection. */
  public DSLContext sql() {
    return connection.sql();
  }

  /**
   * Runs a statement that is prepared once for the life of the connection.
   *
   * @return its rows, which end with the next statement; the caller closes them
   */
  public ResultSet query(String sql, StatementValues values) throws SQLException {
    return connection.query(sql, values);
  }

  /**
   * Inserts an event.
   *
   * @return the id that it got
   */
  public long insertEvent(EventRow row) {
    try {
      return connection.insert(List.of(row)).get(0);
    } catch (SQLException e) {
      throw new DataAccessException("insert " + row.eventType(), e);
    }
  }

  /**
   * Tells of an event that a statement of the work's own has inserted: where a connection is lost
   * during COMMIT, that row shows what became of the transaction.
   *
   * @param id the id that the statement gave it
   */
  public void hasInserted(long id, EventRow row) {
    connection.hasInserted(id, row);
  }

  /**
   * Keeps every other transaction, of any process, out of a section until this one ends. For work
   * that reads and then writes what it concluded, where rows alone are no lock.
   *
   * @param section a name that all who want to be kept apart give
   */
  public void serialize(String section) {
    try {
      connection.serialize(section);
    } catch (SQLException e) {
      throw new DataAccessException("wait for the others in section " + section, e);
    }
  }

  /** Runs something on the caller's thread once the transaction is committed. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  List<Runnable> afterCommitActions() {
    return afterCommit;
  }
}

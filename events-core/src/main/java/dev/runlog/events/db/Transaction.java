package dev.runlog.events.db;

import java.sql.PreparedStatement;
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
    try {
      return connection.sql();
    } catch (SQLException e) {
      throw new DataAccessException("begin a transaction", e);
    }
  }

  /**
   * A statement that is prepared once for the life of the connection; the caller binds and
   * executes, and never closes it.
   */
  public PreparedStatement prepared(String sql) throws SQLException {
    return connection.prepared(sql);
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

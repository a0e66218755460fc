package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

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
   * A statement that is prepared once for the life of the connection; the caller binds and
   * executes, and never closes it.
   */
  public PreparedStatement prepared(String sql) throws SQLException {
    return connection.prepared(sql);
  }

  /** The id that the next event gets; each call takes one. */
  public long takeEventId() throws SQLException {
    return connection.takeEventId();
  }

  /** Runs something on the caller's thread once the transaction is committed. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  Connection jdbc() {
    return connection.jdbc();
  }

  List<Runnable> afterCommitActions() {
    return afterCommit;
  }
}

package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * A few connections that only read, opened when first wanted. A connection that was lost while it
 * lay idle is replaced without a word. Thread-safe.
 */
final class ReadConnections implements AutoCloseable {

  private static final int MOST = 4;

  /** Opens one more connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  /** What is done with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final Store store;
  private final Opener opener;
  private final Semaphore permits = new Semaphore(MOST);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  ReadConnections(Store store, Opener opener) {
    this.store = store;
    this.opener = opener;
  }

  /** Runs the work on a snapshot of its own. Waits while all connections are in use. */
  <T> T read(Function<DSLContext, T> work) {
    return readUnisolated(connection -> readSnapshot(connection, work));
  }

  /** Runs the work on a connection where each statement sees what is committed when it begins. */
  <T> T readUnisolated(Work<T> work) {
    permits.acquireUninterruptibly();
    try {
      return readOnAny(work);
    } catch (SQLException | DataAccessException e) {
      throw store.translate("read", e);
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (idle) {
      closed = true;
      closeIdle();
    }
  }

  private <T> T readOnAny(Work<T> work) throws SQLException {
    Connection pooled = takeIdle();
    if (pooled == null) {
      return readOn(opener.open(), work);
    }
    try {
      return readOn(pooled, work);
    } catch (SQLException | DataAccessException e) {
      if (!store.isPassing(e)) {
        throw e;
      }
      synchronized (idle) {
        closeIdle();
      }
      return readOn(opener.open(), work);
    }
  }

  private <T> T readOn(Connection connection, Work<T> work) throws SQLException {
    boolean healthy = false;
    try {
      T result = work.on(connection);
      healthy = true;
      return result;
    } finally {
      giveBack(connection, healthy);
    }
  }

  private <T> T readSnapshot(Connection connection, Function<DSLContext, T> work)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(store.beginSnapshot());
      T result = work.apply(store.sql(connection));
      statement.execute("ROLLBACK");
      return result;
    }
  }

  private @Nullable Connection takeIdle() {
    synchronized (idle) {
      return idle.poll();
    }
  }

  private void giveBack(Connection connection, boolean healthy) throws SQLException {
    synchronized (idle) {
      if (healthy && !closed) {
        idle.push(connection);
        return;
      }
    }
    connection.close();
  }

  private void closeIdle() throws SQLException {
    for (Connection connection : idle) {
      connection.close();
    }
    idle.clear();
  }
}

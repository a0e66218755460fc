package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * A few connections that only read, opened when first wanted. Each piece of work sees one snapshot.
 */
final class ReadConnections implements AutoCloseable {

  private static final int MOST = 4;

  /** Opens one more connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final Semaphore permits = new Semaphore(MOST);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  ReadConnections(Opener opener) {
    this.opener = opener;
  }

  /** Runs the work on a snapshot of its own. Waits while all connections are in use. */
  <T> T read(Function<DSLContext, T> work) throws SQLException {
    permits.acquireUninterruptibly();
    try {
      Connection connection = takeIdle();
      boolean healthy = false;
      try {
        T result = readSnapshot(connection, work);
        healthy = true;
        return result;
      } finally {
        giveBack(connection, healthy);
      }
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (idle) {
      closed = true;
      for (Connection connection : idle) {
        connection.close();
      }
      idle.clear();
    }
  }

  private static <T> T readSnapshot(Connection connection, Function<DSLContext, T> work)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      try {
        return work.apply(Dialects.sqlite(connection));
      } finally {
        statement.execute("ROLLBACK");
      }
    }
  }

  private Connection takeIdle() throws SQLException {
    synchronized (idle) {
      Connection connection = idle.poll();
      return connection != null ? connection : opener.open();
    }
  }

  private void giveBack(Connection connection, boolean healthy) throws SQLException {
    synchronized (idle) {
      if (healthy && !closed) {
        idle.push(connection);
      } else {
        connection.close();
      }
    }
  }
}

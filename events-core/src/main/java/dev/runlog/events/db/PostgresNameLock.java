package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock of a session that does nothing else. The server gives it back when the session
 * ends, however it ends.
 */
final class PostgresNameLock implements NameLock {

  private static final int LONGEST_ANSWER_SECONDS = 5;

  /** A schema is a fleet of its own. */
  private static final String TRY =
      "SELECT pg_try_advisory_lock(hashtextextended('runlog instance ' || current_schema() || ' ' || ?, 0))";

  /** Else a server would wait two hours for a machine that is gone. */
  private static final String FORGET_THE_GONE_SOON =
      "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

  private final Store store;
  private final String name;
  private @Nullable Connection session;

  PostgresNameLock(Store store, String name) {
    this.store = store;
    this.name = name;
  }

  @Override
  public synchronized boolean hold() {
    try {
      if (session != null && session.isValid(LONGEST_ANSWER_SECONDS)) {
        return true;
      }
      close();
      return holdAnew();
    } catch (SQLException e) {
      throw store.translate("hold the name " + name, e);
    }
  }

  private boolean holdAnew() throws SQLException {
    Connection fresh = store.openReader();
    boolean isHeld = false;
    try {
      isHeld = tryLock(fresh);
      return isHeld;
    } finally {
      if (isHeld) {
        session = fresh;
      } else {
        fresh.close();
      }
    }
  }

  private boolean tryLock(Connection connection) throws SQLException {
    try (Statement settings = connection.createStatement()) {
      settings.execute(FORGET_THE_GONE_SOON);
    }
    try (PreparedStatement attempt = connection.prepareStatement(TRY)) {
      attempt.setString(1, name);
      try (ResultSet row = attempt.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public synchronized void close() {
    Connection ended = session;
    session = null;
    if (ended != null) {
      try {
        ended.close();
      } catch (SQLException e) {
        throw store.translate("give the name " + name + " back", e);
      }
    }
  }
}

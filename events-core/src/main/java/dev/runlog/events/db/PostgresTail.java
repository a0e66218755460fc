package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * On PostgreSQL ids are given out in one order and committed in another. Each writing transaction
 * takes its own id before it draws an event id, so whoever drew an id up to the sequence's last
 * value of a moment ago is older than a transaction id that is taken now. Once every transaction
 * older than that has ended, nothing can appear up to that value any more.
 *
 * <p>A snapshot's {@code xmax} would not do in place of a transaction id: it follows the newest
 * transaction that has <em>ended</em>, and ones that run may be newer.
 */
final class PostgresTail implements Tail {

  /** An event id that is safe once every transaction older than the other id has ended. */
  private record Candidate(long eventId, long transactionId) {}

  private final ReadConnections reads;
  private Optional<Candidate> candidate = Optional.empty();
  private long safe;

  PostgresTail(ReadConnections reads) {
    this.reads = reads;
  }

  @Override
  public synchronized long readableUpTo() {
    return reads.readUnisolated(this::advance);
  }

  /** Costs one look at the sequence while nothing is written. */
  private long advance(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long drawn =
          queryLong(
              statement,
              "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_id_seq");
      if (drawn > safe) {
        advance(statement, drawn);
      }
      return safe;
    } catch (SQLException e) {
      // A server that crashed may draw ids again that no commit has made durable.
      safe = 0;
      candidate = Optional.empty();
      throw e;
    }
  }

  /**
   * A candidate is kept until it is safe, however many ids are drawn meanwhile: else a busy log
   * would never be readable.
   */
  private void advance(Statement statement, long drawn) throws SQLException {
    settle(statement);
    if (candidate.isEmpty()) {
      // After the look at the sequence, in a statement of its own.
      long transaction = queryLong(statement, "SELECT pg_current_xact_id()::text::bigint");
      candidate = Optional.of(new Candidate(drawn, transaction));
      settle(statement);
    }
  }

  private void settle(Statement statement) throws SQLException {
    if (candidate.isPresent() && oldestRunning(statement) >= candidate.get().transactionId()) {
      safe = candidate.get().eventId();
      candidate = Optional.empty();
    }
  }

  private static long oldestRunning(Statement statement) throws SQLException {
    return queryLong(statement, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
  }

  private static long queryLong(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

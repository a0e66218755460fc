package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a SQLite file. Autocommit stays on and transactions are begun and ended by SQL: with
 * sqlite-jdbc's own transactions an idle connection would keep the write lock.
 */
final class SqliteWriteConnection implements WriteConnection {

  private static final long UNKNOWN = -1;

  /**
   * Written out: jOOQ's own start, on the way to a first event, would take longer than all else.
   */
  private static final String INSERT =
      """
      INSERT INTO events
          (id, timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** The store commits it by itself and gives it the id after the newest. */
  private static final String INSERT_ALONE =
      """
      INSERT INTO events
          (timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """;

  private final Connection connection;
  private final PreparedStatements statements;
  private final WriteTurn turn;
  private final LockDeadline deadline;
  private final @Nullable Checkpoints checkpoints;
  private long lastEventId = UNKNOWN;
  private int inserted;

  /** Made when first wanted, see {@link #INSERT}. */
  private @Nullable DSLContext sql;

  /**
   * @param turn when to write; closed with the connection
   * @param deadline of each attempt to begin
   * @param checkpoints told of each commit, and closed with the connection; null where SQLite makes
   *     its own
   */
  SqliteWriteConnection(
      Connection connection,
      WriteTurn turn,
      LockDeadline deadline,
      @Nullable Checkpoints checkpoints) {
    this.turn = turn;
    this.deadline = deadline;
    this.checkpoints = checkpoints;
    this.connection = connection;
    this.statements = new PreparedStatements(connection);
  }

  /** Takes the write lock at once, so that a transaction never fails half-way for want of it. */
  @Override
  public void begin() throws SQLException {
    lastEventId = UNKNOWN;
    inserted = 0;
    deadline.start();
    turn.take();
    statements.execute("BEGIN IMMEDIATE");
  }

  @Override
  public void commit() throws SQLException {
    statements.execute("COMMIT");
    afterCommit(inserted);
  }

  @Override
  public void rollback() throws SQLException {
    try {
      statements.forget();
      statements.execute("ROLLBACK");
    } catch (SQLException e) {
      statements.forget();
      throw e;
    } finally {
      turn.pass();
    }
  }

  @Override
  public void savepoint() throws SQLException {
    statements.execute("SAVEPOINT work");
  }

  @Override
  public void releaseSavepoint() throws SQLException {
    statements.execute("RELEASE work");
  }

  @Override
  public void rollbackToSavepoint() throws SQLException {
    statements.forget();
    statements.execute("ROLLBACK TO work");
    statements.execute("RELEASE work");
    lastEventId = UNKNOWN;
  }

  @Override
  public List<Long> insert(List<EventRow> rows) throws SQLException {
    List<Long> ids = new ArrayList<>(rows.size());
    try {
      for (EventRow row : rows) {
        ids.add(insert(row));
      }
    } catch (SQLException e) {
      statements.forget();
      throw e;
    }
    return ids;
  }

  /** Not for an event that starts a run, which has to know its id before it is inserted. */
  @Override
  public OptionalLong insertAndCommit(EventRow row) throws SQLException {
    if (row.runId().isEmpty()) {
      return OptionalLong.empty();
    }
    deadline.start();
    turn.take();
    PreparedStatement statement = statements.of(INSERT_ALONE);
    statement.setLong(1, row.timestampMillis());
    statement.setLong(2, row.runId().get());
    bindRest(statement, 3, row);
    try (ResultSet inserted = statement.executeQuery()) {
      inserted.next();
      long id = inserted.getLong(1);
      inserted.next(); // Commits, which is where the statement ends.
      afterCommit(1);
      return OptionalLong.of(id);
    }
  }

  /** Nothing to do: who holds the write lock is alone. */
  @Override
  public void serialize(String section) {}

  @Override
  public ResultSet query(String text, StatementValues values) throws SQLException {
    PreparedStatement statement = statements.of(text);
    values.setOn(statement);
    return statement.executeQuery();
  }

  @Override
  public void hasInserted(long id, EventRow row) {
    lastEventId = UNKNOWN;
  }

  @Override
  public boolean isReadyAtOnce() {
    return turn.isTakenAtOnce();
  }

  @Override
  public long lookOutNanos() {
    return turn.lookOutNanos();
  }

  @Override
  public void idle() {
    turn.pass();
  }

  @Override
  public DSLContext sql() {
    DSLContext made = sql;
    if (made == null) {
      made = Dialects.sqlite(connection);
      sql = made;
    }
    return made;
  }

  @Override
  public CommitFate fateOf(CommitInDoubtException commit) {
    throw new IllegalStateException("SQLite answers every COMMIT", commit);
  }

  @Override
  public void close() throws SQLException {
    try (turn;
        connection;
        checkpoints) {
      // From the last to the first: nobody copies the log of a file that is closed.
    }
  }

  private void afterCommit(int events) {
    turn.afterCommit();
    if (checkpoints != null) {
      checkpoints.afterCommit(events, statements);
    }
  }

  private long insert(EventRow row) throws SQLException {
    long id = idAfterTheNewest();
    PreparedStatement statement = statements.of(INSERT);
    statement.setLong(1, id);
    statement.setLong(2, row.timestampMillis());
    statement.setLong(3, row.runId().orElse(id));
    bindRest(statement, 4, row);
    statement.executeUpdate();
    lastEventId = id;
    inserted++;
    return id;
  }

  /** Read once a transaction: nobody else writes while this connection holds the lock. */
  private long idAfterTheNewest() throws SQLException {
    if (lastEventId == UNKNOWN) {
      try (ResultSet row =
          statements.of("SELECT coalesce(max(id), 0) FROM events").executeQuery()) {
        lastEventId = row.next() ? row.getLong(1) : 0;
      }
    }
    return lastEventId + 1;
  }

  /** Binds all that follows the run id. */
  private static void bindRest(PreparedStatement statement, int first, EventRow row)
      throws SQLException {
    setOptional(statement, first, row.parentRunId());
    statement.setString(first + 1, row.instanceId());
    statement.setString(first + 2, row.role());
    statement.setString(first + 3, row.eventType());
    statement.setString(first + 4, row.payload().orElse(null));
  }

  private static void setOptional(PreparedStatement statement, int index, Optional<Long> value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, value.get());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }
}

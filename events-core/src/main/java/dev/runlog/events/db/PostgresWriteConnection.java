package dev.runlog.events.db;

import dev.runlog.events.db.CommitInDoubtException.Witness;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes to PostgreSQL. A transaction takes its own id before it takes any event's: that order is
 * what the {@link PostgresTail} relies on, and the id is what tells, after a lost connection, what
 * became of a COMMIT. The question for that id travels together with the first statement, so that
 * it costs no round trip of its own.
 */
final class PostgresWriteConnection implements WriteConnection {

  /**
   * All that waits together in one statement. The ids are drawn once a row, in the order of the
   * arrays, and serve twice where a row starts a run.
   */
  private static final String INSERT =
      """
      INSERT INTO events
          (id, timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)
      SELECT id, timestamp, coalesce(run_id, id), parent_run_id, instance_id, role, event_type, payload
      FROM (SELECT nextval('events_id_seq') AS id, given.*
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
              AS given (timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)) AS numbered
      RETURNING id
      """;

  private static final String TRANSACTION_ID = "SELECT pg_current_xact_id()::text::bigint";

  private static final String INVALID_PARAMETER = "22023";

  private final Connection connection;
  private final PreparedStatements statements;
  private OptionalLong transactionId = OptionalLong.empty();

  /** Made when first wanted: jOOQ's own start is not on the way to a first event. */
  private @Nullable DSLContext sql;

  private Optional<Witness> witness = Optional.empty();
  private Optional<Witness> witnessBeforeSavepoint = Optional.empty();

  /**
   * @param connection with autocommit off
   */
  PostgresWriteConnection(Connection connection) {
    this.connection = connection;
    this.statements = new PreparedStatements(connection);
  }

  /** The driver sends BEGIN together with the first statement. */
  @Override
  public void begin() {
    witness = Optional.empty();
    transactionId = OptionalLong.empty();
  }

  @Override
  public void commit() throws SQLException {
    long id = idOfTransaction();
    try {
      connection.commit();
    } catch (SQLException e) {
      if (PostgresErrors.isConnectionLost(e)) {
        throw new CommitInDoubtException(id, witness, e);
      }
      throw e;
    }
  }

  @Override
  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void savepoint() throws SQLException {
    witnessBeforeSavepoint = witness;
    statements.execute("SAVEPOINT work");
  }

  @Override
  public void releaseSavepoint() throws SQLException {
    statements.execute("RELEASE SAVEPOINT work");
  }

  @Override
  public void rollbackToSavepoint() throws SQLException {
    statements.execute("ROLLBACK TO SAVEPOINT work");
    statements.execute("RELEASE SAVEPOINT work");
    witness = witnessBeforeSavepoint;
  }

  @Override
  public List<Long> insert(List<EventRow> rows) throws SQLException {
    List<Long> ids = new ArrayList<>(rows.size());
    try (ResultSet inserted = query(INSERT, statement -> setColumns(statement, rows))) {
      while (inserted.next()) {
        ids.add(inserted.getLong(1));
      }
    }
    hasInserted(ids.get(0), rows.get(0));
    return ids;
  }

  @Override
  public void hasInserted(long id, EventRow row) {
    witness = Optional.of(new Witness(id, row));
  }

  /** An advisory lock, which ends with the transaction. */
  @Override
  public void serialize(String section) throws SQLException {
    PreparedStatement statement =
        statements.of("SELECT pg_advisory_xact_lock(hashtextextended('runlog ' || ?, 0))");
    statement.setString(1, section);
    statement.execute();
  }

  @Override
  public ResultSet query(String text, StatementValues values) throws SQLException {
    boolean isNumbered = transactionId.isPresent();
    PreparedStatement statement = statements.of(isNumbered ? text : TRANSACTION_ID + ";\n" + text);
    values.setOn(statement);
    boolean isRows = statement.execute();
    if (!isNumbered) {
      transactionId = OptionalLong.of(number(statement.getResultSet()));
      isRows = statement.getMoreResults();
    }
    while (!isRows && statement.getUpdateCount() >= 0) {
      isRows = statement.getMoreResults();
    }
    return statement.getResultSet();
  }

  @Override
  public DSLContext sql() {
    DSLContext made = sql;
    if (made == null) {
      made = Dialects.postgres(connection);
      sql = made;
    }
    return made;
  }

  /**
   * What the server knows of the transaction. A server that crashed has forgotten the ids of
   * transactions of which nothing had reached its disk, and may give such an id to another one, so
   * a row of the transaction has to be there as well.
   */
  @Override
  public CommitFate fateOf(CommitInDoubtException commit) throws SQLException {
    try {
      String status = statusOf(commit.transactionId());
      if (status.equals("in progress")) {
        return CommitFate.IN_PROGRESS;
      }
      boolean committed = status.equals("committed") && isThere(commit.witness());
      return committed ? CommitFate.COMMITTED : CommitFate.ABORTED;
    } catch (SQLException e) {
      if (INVALID_PARAMETER.equals(e.getSQLState())) {
        return CommitFate.ABORTED; // The id "is in the future": it was lost in a crash.
      }
      throw e;
    } finally {
      connection.rollback();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private String statusOf(long transaction) throws SQLException {
    PreparedStatement statement = statements.of("SELECT pg_xact_status(?::text::xid8)");
    statement.setString(1, Long.toString(transaction));
    try (ResultSet row = statement.executeQuery()) {
      String status = row.next() ? row.getString(1) : null;
      if (status == null) {
        throw new SQLException("the server no longer knows transaction " + transaction);
      }
      return status;
    }
  }

  private boolean isThere(Optional<Witness> row) throws SQLException {
    return row.isEmpty() || isThere(row.get());
  }

  private boolean isThere(Witness row) throws SQLException {
    PreparedStatement statement =
        statements.of(
            "SELECT 1 FROM events WHERE id = ? AND timestamp = ? AND run_id = ?"
                + " AND instance_id = ? AND event_type = ? AND payload IS NOT DISTINCT FROM ?");
    statement.setLong(1, row.id());
    statement.setLong(2, row.row().timestampMillis());
    statement.setLong(3, row.row().runId().orElse(row.id()));
    statement.setString(4, row.row().instanceId());
    statement.setString(5, row.row().eventType());
    statement.setString(6, row.row().payload().orElse(null));
    try (ResultSet found = statement.executeQuery()) {
      return found.next();
    }
  }

  private Array longs(List<EventRow> rows, Function<EventRow, @Nullable Long> column)
      throws SQLException {
    return connection.createArrayOf("bigint", rows.stream().map(column).toArray(Long[]::new));
  }

  private Array texts(List<EventRow> rows, Function<EventRow, @Nullable String> column)
      throws SQLException {
    return connection.createArrayOf("text", rows.stream().map(column).toArray(String[]::new));
  }

  /** Asked for at the end only of a transaction whose statements all went another way. */
  private long idOfTransaction() throws SQLException {
    if (transactionId.isEmpty()) {
      try (ResultSet row = statements.of(TRANSACTION_ID).executeQuery()) {
        transactionId = OptionalLong.of(number(row));
      }
    }
    return transactionId.getAsLong();
  }

  private static long number(ResultSet row) throws SQLException {
    row.next();
    return row.getLong(1);
  }

  private void setColumns(PreparedStatement statement, List<EventRow> rows) throws SQLException {
    statement.setArray(1, longs(rows, row -> row.timestampMillis()));
    statement.setArray(2, longs(rows, row -> row.runId().orElse(null)));
    statement.setArray(3, longs(rows, row -> row.parentRunId().orElse(null)));
    statement.setArray(4, texts(rows, EventRow::instanceId));
    statement.setArray(5, texts(rows, EventRow::role));
    statement.setArray(6, texts(rows, EventRow::eventType));
    statement.setArray(7, texts(rows, row -> row.payload().orElse(null)));
  }
}

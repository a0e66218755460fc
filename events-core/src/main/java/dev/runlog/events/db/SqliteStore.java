package dev.runlog.events.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;

/** The tables in a SQLite file, which the processes of one machine share. */
final class SqliteStore implements Store {

  private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  private final Path file;
  private final Duration lockWait;
  private final WriteTurns turns;
  private final SqliteConnections connections;

  SqliteStore(Path file, Durability durability) {
    this(file, durability, WriteTurns.BY_DEFAULT);
  }

  SqliteStore(Path file, Durability durability, WriteTurns turns) {
    this(file, durability, LOCK_WAIT, turns);
  }

  /**
   * @param lockWait how long a write waits for others before it gives up
   * @param turns how it shares the write lock with others
   */
  SqliteStore(Path file, Durability durability, Duration lockWait, WriteTurns turns) {
    this.file = file;
    this.lockWait = lockWait;
    this.turns = turns;
    this.connections = new SqliteConnections(file, durability, lockWait);
  }

  @Override
  public String description() {
    return file.toString();
  }

  @Override
  public void prepareForWriting() throws SQLException, IOException {
    SqliteFile.requireWritablePlace(file);
    new Migrations(new SqliteSchema(file, connections::openReader)).bringUpToDate();
  }

  @Override
  public void prepareForReading() throws SQLException {
    SqliteFile.requireExisting(file);
    new Migrations(new SqliteSchema(file, connections::openReaderOnly)).requireFit();
  }

  @Override
  public WriteConnection openWriter() throws SQLException {
    Connection connection = connections.openWriter();
    LockDeadline deadline = new LockDeadline(lockWait);
    if (turns.usesOwnBusyHandler()) {
      BusyHandler.setHandler(connection, new JitteredWait(deadline));
    }
    return new SqliteWriteConnection(
        connection, turns.placeFor(file, deadline), deadline, checkpointsBeside(connection));
  }

  /** Null where writers do not queue: what is to be compared with them then is SQLite as it is. */
  private @Nullable Checkpoints checkpointsBeside(Connection writer) throws SQLException {
    if (!turns.areQueuedFor()) {
      return null;
    }
    Checkpoints.takeOverFrom(writer);
    return new Checkpoints(
        connections::openWriter, turns.placeFor(file, new LockDeadline(lockWait)));
  }

  @Override
  public Connection openReader() throws SQLException {
    return connections.openReader();
  }

  @Override
  public Connection openReaderOnly() throws SQLException {
    return connections.openReaderOnly();
  }

  @Override
  public DSLContext sql(Connection connection) {
    return Dialects.sqlite(connection);
  }

  @Override
  public String beginSnapshot() {
    return "BEGIN";
  }

  /** Writers follow one another, so ids are in the order of their commits. */
  @Override
  public Tail tail(ReadConnections reads) {
    return () -> reads.readUnisolated(SqliteStore::newestId);
  }

  /** Ids are given out in the order of the commits. */
  private static long newestId(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT max(id) FROM events")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public NameLock nameLock(String name) {
    return NameLock.ofOneMachine();
  }

  @Override
  public boolean undoesFailedStatementsAlone() {
    return true;
  }

  @Override
  public boolean endsTransaction(Throwable thrown) {
    return SqliteErrors.endsTransaction(thrown);
  }

  @Override
  public boolean isPassing(Throwable thrown) {
    return false;
  }

  @Override
  public DatabaseException translate(String doing, Throwable thrown) {
    return SqliteErrors.translate(doing, file, lockWait, thrown);
  }
}

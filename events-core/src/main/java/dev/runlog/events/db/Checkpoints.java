package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies the write-ahead log of a SQLite file into the file, on a thread and a connection of its
 * own. By SQLite's own rule the writer of the thousandth page does it in its turn, and all other
 * writers wait for its two fsyncs.
 *
 * <p>The log starts at its beginning again when a writer finds all of it copied; while others write
 * there is always a new page. So once the log is long, the little that is left after a copy beside
 * the writers is copied in a turn of this thread's own. Used by one thread at a time.
 */
final class Checkpoints implements AutoCloseable {

  /** SQLite's own rule stays, far away: for many processes that end before they have looked. */
  private static final int PAGES_OF_SQLITES_RULE = 4 * CheckpointRule.LONG_PAGES;

  /** A look takes a few microseconds, which is not nothing beside an insert. */
  private static final int EVENTS_BETWEEN_LOOKS = 16;

  private static final int IDLE_SECONDS = 5;
  private static final int LONGEST_WAIT_SECONDS = 5;

  /** Opens a connection that may write. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final WriteTurn turn;
  private final CheckpointRule rule = new CheckpointRule();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Checkpoints::threadFor,
          new ThreadPoolExecutor.DiscardPolicy()); // A copy is under way.

  private int eventsSinceLook;

  /** Used by the thread alone, and after its end. */
  private @Nullable Connection connection;

  /**
   * @param turn a place of its own among the writers; closed with this
   */
  Checkpoints(Opener opener, WriteTurn turn) {
    this.opener = opener;
    this.turn = turn;
  }

  /** Keeps SQLite from copying the log in the commits of a connection, unless nobody else does. */
  static void takeOverFrom(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + PAGES_OF_SQLITES_RULE);
    }
  }

  /**
   * Has the log copied if it is time.
   *
   * @param events how many were committed
   * @param statements of the connection that has committed them
   */
  void afterCommit(int events, PreparedStatements statements) {
    eventsSinceLook += Math.max(1, events);
    if (eventsSinceLook >= EVENTS_BETWEEN_LOOKS) {
      eventsSinceLook = 0;
      if (isDue(statements)) {
        thread.execute(this::copy);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    thread.shutdownNow();
    try {
      thread.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    turn.close();
    Connection opened = connection;
    if (opened != null) {
      opened.close();
    }
  }

  /** What was committed is committed, however the look at the log goes. */
  private boolean isDue(PreparedStatements statements) {
    try {
      return rule.isDue(WalState.of(statements.of("PRAGMA wal_checkpoint(NOOP)").executeQuery()));
    } catch (SQLException e) {
      return false;
    }
  }

  private void copy() {
    try {
      WalState log = copyTo(opened());
      if (CheckpointRule.isToStartAgain(log)) {
        copyInATurn();
      }
    } catch (SQLException e) {
      // As SQLite has it in its commits: nothing is lost, all is in the log. Where there is no more
      // space, those who write say so; the next copy is tried once the log has grown.
    }
  }

  private void copyInATurn() throws SQLException {
    turn.take();
    try {
      copyTo(opened());
    } finally {
      turn.pass();
    }
  }

  private static WalState copyTo(Connection file) throws SQLException {
    try (Statement statement = file.createStatement()) {
      return WalState.of(statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)"));
    }
  }

  private Connection opened() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = opener.open();
      connection = open;
    }
    return open;
  }

  private static Thread threadFor(Runnable task) {
    Thread thread = new Thread(task, "runlog-checkpoints");
    thread.setDaemon(true);
    return thread;
  }
}

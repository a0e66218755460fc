package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Says what PostgreSQL's error codes mean for the people who run a fleet,
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
final class PostgresErrors {

  private PostgresErrors() {}

  /** Whether the connection is gone: its server stopped, crashed, or cannot be reached. */
  static boolean isConnectionLost(Throwable thrown) {
    String state = stateOf(thrown);
    return state.startsWith("08") || state.startsWith("57P");
  }

  /**
   * Whether several were in each other's way and this one had to give in: a deadlock, a conflict of
   * transactions, or no connection left.
   */
  static boolean isConflict(Throwable thrown) {
    String state = stateOf(thrown);
    return state.equals("40001") || state.equals("40P01") || state.equals("53300");
  }

  static DatabaseException translate(String doing, String place, Throwable thrown) {
    if (thrown instanceof DatabaseException translated) {
      return translated;
    }
    SQLException cause = sqlCause(thrown);
    if (cause == null) {
      return new DatabaseException(
          Kind.FAILED, doing + ": " + oneLine(thrown) + " (" + place + ")", thrown);
    }
    String state = stateOf(cause);
    return new DatabaseException(
        kindOf(state), doing + ": " + consequence(state, cause) + " (" + place + ")", cause);
  }

  private static Kind kindOf(String state) {
    return switch (classOf(state)) {
      case "08", "53", "58" -> Kind.UNAVAILABLE;
      case "28", "3D", "3F" -> Kind.MISCONFIGURED;
      case "40" -> Kind.BUSY;
      default ->
          switch (state) {
            case "57P01", "57P02", "57P03", "57P05" -> Kind.UNAVAILABLE;
            case "55P03" -> Kind.BUSY;
            case "42501" -> Kind.MISCONFIGURED;
            default -> Kind.FAILED;
          };
    };
  }

  private static String consequence(String state, SQLException cause) {
    return switch (classOf(state)) {
      case "08" ->
          "the server cannot be reached ("
              + oneLine(cause)
              + "); check that it runs and that host and port are right";
      case "28" ->
          "the server refuses this user or password ("
              + oneLine(cause)
              + "); correct them in RUNLOG_DB, or in PGUSER and PGPASSWORD";
      case "3D" -> oneLine(cause) + "; create it, or name another one in RUNLOG_DB";
      case "53" ->
          "the server is out of a resource ("
              + oneLine(cause)
              + "); nothing was written, what was acknowledged stays";
      case "40" ->
          "another transaction was in the way again and again ("
              + oneLine(cause)
              + "); nothing was written";
      default ->
          switch (state) {
            case "57P01", "57P02", "57P03", "57P05" ->
                "the server is shutting down or starting (" + oneLine(cause) + "); try again";
            case "55P03" ->
                "the rows stayed locked; nothing was written; is another writer holding a transaction open?";
            case "42501" ->
                oneLine(cause) + "; grant it to this user, or name another database in RUNLOG_DB";
            default -> oneLine(cause);
          };
    };
  }

  private static String classOf(String state) {
    return state.length() < 2 ? state : state.substring(0, 2);
  }

  private static String stateOf(Throwable thrown) {
    SQLException cause = sqlCause(thrown);
    String state = cause == null ? null : cause.getSQLState();
    return state == null ? "" : state;
  }

  private static String oneLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
  }

  private static @Nullable SQLException sqlCause(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}

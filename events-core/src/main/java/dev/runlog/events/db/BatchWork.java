package dev.runlog.events.db;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what waits inside one open transaction. What cannot be done is refused alone; only a failure
 * that ends the whole transaction is thrown.
 */
final class BatchWork {

  private final Store store;
  private final WriteConnection connection;

  BatchWork(Store store, WriteConnection connection) {
    this.store = store;
    this.connection = connection;
  }

  /**
   * Does it all without savepoints, neighbouring events in one statement.
   *
   * @return whether all could be done; else nothing of it may be committed
   */
  boolean isDoneTogether(List<PendingWrite<?>> batch) throws SQLException {
    int next = 0;
    while (next < batch.size()) {
      List<PendingEvent> events = eventsFrom(batch, next);
      boolean done =
          events.isEmpty() ? isDone(batch.get(next)) : isInserted(events, batch.size() == 1);
      if (!done) {
        return false;
      }
      next += Math.max(1, events.size());
    }
    return true;
  }

  /** Does one after the other, each such that it can be undone alone. */
  void doApart(List<PendingWrite<?>> batch) throws SQLException {
    for (PendingWrite<?> write : batch) {
      if (store.undoesFailedStatementsAlone() && write.isOneStatement()) {
        isDone(write);
      } else {
        doInSavepoint(write);
      }
    }
  }

  private void doInSavepoint(PendingWrite<?> write) throws SQLException {
    connection.savepoint();
    if (isDone(write)) {
      connection.releaseSavepoint();
    } else {
      connection.rollbackToSavepoint();
    }
  }

  private boolean isDone(PendingWrite<?> write) throws SQLException {
    try {
      write.perform(connection);
      return true;
    } catch (Throwable t) {
      write.refuse(t);
      throwIfItEndsTheTransaction(t);
      return false;
    }
  }

  private boolean isInserted(List<PendingEvent> events, boolean isAll) throws SQLException {
    try {
      List<Long> ids = connection.insert(events.stream().map(PendingEvent::row).toList());
      for (int i = 0; i < events.size(); i++) {
        events.get(i).succeed(ids.get(i));
      }
      return true;
    } catch (SQLException e) {
      throwIfItEndsTheTransaction(e);
      if (isAll) {
        events.get(0).refuse(e);
      }
      return false;
    }
  }

  private void throwIfItEndsTheTransaction(Throwable thrown) throws SQLException {
    if (store.endsTransaction(thrown)) {
      throw sqlCauseOf(thrown);
    }
  }

  /** The driver's own, since its SQL state says whether to try again. */
  private static SQLException sqlCauseOf(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return new SQLException(thrown.getMessage(), thrown);
  }

  private static List<PendingEvent> eventsFrom(List<PendingWrite<?>> batch, int first) {
    List<PendingEvent> events = new ArrayList<>();
    for (int i = first; i < batch.size() && batch.get(i) instanceof PendingEvent event; i++) {
      events.add(event);
    }
    return events;
  }
}

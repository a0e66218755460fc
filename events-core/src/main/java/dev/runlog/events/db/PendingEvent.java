package dev.runlog.events.db;

import java.sql.SQLException;
import java.util.List;

/** An event that waits to be inserted, which can be done together with others. */
final class PendingEvent extends PendingWrite<Long> {

  private final EventRow row;

  PendingEvent(EventRow row) {
    this.row = row;
  }

  EventRow row() {
    return row;
  }

  @Override
  Long resultOf(WriteConnection connection) throws SQLException {
    return connection.insert(List.of(row)).get(0);
  }

  @Override
  int payloadChars() {
    return row.payload().map(String::length).orElse(0);
  }

  @Override
  boolean isOneStatement() {
    return true;
  }
}

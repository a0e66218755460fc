package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.exception.DataAccessException;

/** Turns rows of the events table into events. */
final class EventRows {

  static final List<Field<?>> COLUMNS =
      List.of(
          EVENTS.ID,
          EVENTS.TIMESTAMP,
          EVENTS.RUN_ID,
          EVENTS.PARENT_RUN_ID,
          EVENTS.INSTANCE_ID,
          EVENTS.ROLE,
          EVENTS.EVENT_TYPE,
          EVENTS.PAYLOAD);

  private EventRows() {}

  static Event toEvent(Record row) {
    Emitter emitter =
        new Emitter(
            new RunId(row.get(EVENTS.RUN_ID)),
            Optional.ofNullable(row.get(EVENTS.PARENT_RUN_ID)).map(RunId::new),
            row.get(EVENTS.INSTANCE_ID),
            row.get(EVENTS.ROLE));
    return new Event(
        new EventId(row.get(EVENTS.ID)),
        Instant.ofEpochMilli(row.get(EVENTS.TIMESTAMP)),
        emitter,
        row.get(EVENTS.EVENT_TYPE),
        Optional.ofNullable(row.get(EVENTS.PAYLOAD)));
  }

  /** Reads rows without making a record of each, which takes longer than reading them. */
  static List<Event> fetch(ResultQuery<?> query) {
    try (ResultSet row = query.fetchResultSet()) {
      List<Event> events = new ArrayList<>();
      while (row.next()) {
        events.add(toEvent(row));
      }
      return events;
    } catch (SQLException e) {
      throw new DataAccessException("read events", e);
    }
  }

  private static Event toEvent(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    long timestamp = row.getLong(2);
    RunId runId = new RunId(row.getLong(3));
    long parent = row.getLong(4);
    Optional<RunId> parentRunId = row.wasNull() ? Optional.empty() : Optional.of(new RunId(parent));
    Emitter emitter = new Emitter(runId, parentRunId, row.getString(5), row.getString(6));
    return new Event(
        new EventId(id),
        Instant.ofEpochMilli(timestamp),
        emitter,
        row.getString(7),
        Optional.ofNullable(row.getString(8)));
  }
}

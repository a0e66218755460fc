package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;

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
}

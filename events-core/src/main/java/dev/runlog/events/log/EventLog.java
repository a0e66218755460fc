package dev.runlog.events.log;

import static dev.runlog.events.schema.Tables.EVENTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.payload.ProcessStarted;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to the table. An event is acknowledged when {@code append} returns: from then on
 * it survives SIGKILL of any process. Thread-safe; whoever opened the {@link Database} closes it.
 */
public final class EventLog {

  /** The largest payload, in bytes of UTF-8. */
  public static final int LARGEST_PAYLOAD_BYTES = 1024 * 1024;

  private final Database database;
  private final InstantSource clock;
  private final Redaction redaction;
  private final Consumer<Event> onCommitted;
  private final String insert;

  public EventLog(Database database, InstantSource clock) {
    this(database, clock, Redaction.of(List.of()), event -> {});
  }

  /**
   * @param redaction takes secrets out of every payload
   * @param onCommitted is told of each event of this log once it is committed, on the thread that
   *     appended it
   */
  public EventLog(
      Database database, InstantSource clock, Redaction redaction, Consumer<Event> onCommitted) {
    this.database = database;
    this.clock = clock;
    this.redaction = redaction;
    this.onCommitted = onCommitted;
    this.insert = insertText(database);
  }

  /**
   * Appends {@code process.started}, whose id is the run id of the process from now on.
   *
   * @param parentRunId the run that spawned this process, empty for a root
   * @return who emits from now on
   */
  public Emitter start(
      Optional<RunId> parentRunId, String instanceId, String role, ProcessStarted payload) {
    Instant now = clock.instant();
    String json = checked(payload.eventType(), payload);
    return database.writeOneStatement(
        transaction -> {
          long id = takeId(transaction);
          Emitter emitter = new Emitter(new RunId(id), parentRunId, instanceId, role);
          insert(
              transaction,
              new Event(new EventId(id), now, emitter, payload.eventType(), Optional.of(json)));
          return emitter;
        });
  }

  /**
   * Appends an event and returns when it is committed.
   *
   * @throws InvalidEventException when the event is refused; nothing was written
   * @throws DatabaseException when the store cannot take it; nothing was written
   */
  public EventId append(Emitter emitter, EventPayload payload) {
    Draft draft =
        draft(emitter, payload.eventType(), Optional.of(checked(payload.eventType(), payload)));
    return database.writeOneStatement(transaction -> append(transaction, draft));
  }

  /**
   * Appends an event inside the caller's transaction, for a state and the event that reports it
   * together.
   *
   * @throws InvalidEventException when the event is refused
   */
  public EventId append(Transaction transaction, Emitter emitter, EventPayload payload) {
    return append(
        transaction,
        draft(emitter, payload.eventType(), Optional.of(checked(payload.eventType(), payload))));
  }

  /** What code that only reports facts of this emitter needs. */
  public EventAppender appenderFor(Emitter emitter) {
    return payload -> append(emitter, payload);
  }

  /**
   * Appends an event of any type, for callers outside of this catalogue.
   *
   * @param parentRunId the run that spawned the emitter, null for a root
   * @param eventType {@code scope.fact} in lower case
   * @param payload a JSON object as text, or a map, record or tree that is written as one; null for
   *     none
   * @return the id of the event
   * @throws InvalidEventException when an argument is refused; nothing was written
   * @throws DatabaseException when the store cannot take it; nothing was written
   */
  public long logEvent(
      long runId,
      @Nullable Long parentRunId,
      String instanceId,
      String role,
      String eventType,
      @Nullable Object payload) {
    Emitter emitter =
        new Emitter(
            new RunId(runId), Optional.ofNullable(parentRunId).map(RunId::new), instanceId, role);
    Draft draft =
        draft(
            emitter,
            eventType,
            Optional.ofNullable(payload).map(given -> checked(eventType, given)));
    return database.writeOneStatement(transaction -> append(transaction, draft)).value();
  }

  /** An event that has no id yet. */
  private record Draft(
      Instant timestamp, Emitter emitter, String eventType, Optional<String> payload) {}

  private Draft draft(Emitter emitter, String eventType, Optional<String> payload) {
    EventNames.require(eventType);
    return new Draft(clock.instant(), emitter, eventType, payload);
  }

  private EventId append(Transaction transaction, Draft draft) {
    EventId id = new EventId(takeId(transaction));
    insert(
        transaction,
        new Event(id, draft.timestamp(), draft.emitter(), draft.eventType(), draft.payload()));
    return id;
  }

  private String checked(String eventType, Object payload) {
    String json =
        redaction.apply(
            payload instanceof String text
                ? objectText(eventType, text)
                : written(eventType, payload));
    int bytes =
        json.length() > LARGEST_PAYLOAD_BYTES
            ? json.length()
            : json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LARGEST_PAYLOAD_BYTES) {
      throw new InvalidEventException(
          "payload of "
              + eventType
              + " has "
              + bytes
              + " bytes, the limit is "
              + LARGEST_PAYLOAD_BYTES
              + "; nothing was written; store the content elsewhere and log its name");
    }
    return json;
  }

  private static String objectText(String eventType, String text) {
    try {
      return Json.write(Json.readObject(text));
    } catch (JsonException e) {
      throw new InvalidEventException(
          "payload of " + eventType + " is not a JSON object: " + e.getMessage(), e);
    }
  }

  private static String written(String eventType, Object payload) {
    try {
      if (Json.tree(payload) instanceof ObjectNode object) {
        return Json.write(object);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "payload of " + eventType + " cannot be written as JSON: " + e.getMessage(), e);
    }
    throw new InvalidEventException(
        "payload of " + eventType + " is not a JSON object but " + payload.getClass().getName());
  }

  private static long takeId(Transaction transaction) {
    try {
      return transaction.takeEventId();
    } catch (SQLException e) {
      throw new org.jooq.exception.DataAccessException("take an event id", e);
    }
  }

  private void insert(Transaction transaction, Event event) {
    try {
      PreparedStatement statement = transaction.prepared(insert);
      statement.setLong(1, event.id().value());
      statement.setLong(2, event.timestamp().toEpochMilli());
      statement.setLong(3, event.runId().value());
      setParent(statement, 4, event.emitter().parentRunId());
      statement.setString(5, event.emitter().instanceId());
      statement.setString(6, event.emitter().role());
      statement.setString(7, event.eventType());
      statement.setString(8, event.payload().orElse(null));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new org.jooq.exception.DataAccessException("insert " + event.eventType(), e);
    }
    transaction.afterCommit(() -> onCommitted.accept(event));
  }

  private static void setParent(PreparedStatement statement, int index, Optional<RunId> parent)
      throws SQLException {
    if (parent.isPresent()) {
      statement.setLong(index, parent.get().value());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  /** Rendered by jOOQ once: rendering it for each event would cost as much as the insert itself. */
  private static String insertText(Database database) {
    Query query =
        database
            .text()
            .insertInto(
                EVENTS,
                EVENTS.ID,
                EVENTS.TIMESTAMP,
                EVENTS.RUN_ID,
                EVENTS.PARENT_RUN_ID,
                EVENTS.INSTANCE_ID,
                EVENTS.ROLE,
                EVENTS.EVENT_TYPE,
                EVENTS.PAYLOAD)
            .values((Long) null, null, null, null, null, null, null, null);
    return query.getSQL();
  }
}

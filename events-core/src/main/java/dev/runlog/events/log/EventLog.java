package dev.runlog.events.log;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.EventRow;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.events.payload.ProcessStarted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
  private final KnownRuns knownRuns;

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
    this.knownRuns = new KnownRuns(database);
  }

  /**
   * Appends {@code process.started}, whose id is the run id of the process from now on.
   *
   * @param parentRunId the run that spawned this process, empty for a root
   * @return who emits from now on
   */
  public Emitter start(
      Optional<RunId> parentRunId, String instanceId, String role, ProcessStarted payload) {
    String json = withinLimit(payload.eventType(), redaction.apply(payload.toJson()));
    EventRow row =
        new EventRow(
            Timestamps.require(clock.millis()),
            Optional.empty(),
            parentRunId.map(RunId::value),
            instanceId,
            role,
            payload.eventType(),
            Optional.of(json));
    EventId id = new EventId(database.insertEvent(row));
    Emitter emitter = new Emitter(new RunId(id.value()), parentRunId, instanceId, role);
    onCommitted.accept(event(id, emitter, row));
    return emitter;
  }

  /**
   * Appends an event and returns when it is committed.
   *
   * @throws InvalidEventException when the event is refused; nothing was written
   * @throws DatabaseException when the store cannot take it; nothing was written
   */
  public EventId append(Emitter emitter, EventPayload payload) {
    return append(emitter, row(emitter, payload));
  }

  /**
   * Queues an event and returns at once, unless the queue is full: then it waits for room, and
   * drops nothing. Events of one thread keep their order. Closing the {@link Database} writes what
   * is queued.
   *
   * @return the id of the event once it is committed; else an {@link InvalidEventException} when
   *     the event is refused, or a {@link DatabaseException} when the store cannot take it. In both
   *     cases this event was not written and others are not concerned.
   */
  public CompletableFuture<EventId> appendAsync(Emitter emitter, EventPayload payload) {
    try {
      EventRow row = row(emitter, payload);
      return database.insertEventAsync(row).thenApply(id -> told(new EventId(id), emitter, row));
    } catch (InvalidEventException | DatabaseException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Appends an event inside the caller's transaction, for a state and the event that reports it
   * together.
   *
   * @throws InvalidEventException when the event is refused
   */
  public EventId append(Transaction transaction, Emitter emitter, EventPayload payload) {
    EventRow row = row(emitter, payload);
    EventId id = new EventId(transaction.insertEvent(row));
    transaction.afterCommit(() -> onCommitted.accept(event(id, emitter, row)));
    return id;
  }

  /**
   * An event for a statement of the caller's own that inserts it, checked and without secrets.
   * Nothing is written; tell of it by {@link #hasInserted}.
   *
   * @throws InvalidEventException when the event is refused
   */
  public EventRow draft(Emitter emitter, EventPayload payload) {
    return row(emitter, payload);
  }

  /**
   * Tells of an event that a statement of the caller's own has inserted in its transaction.
   *
   * @param row as it stands in the table
   */
  public void hasInserted(Transaction transaction, Emitter emitter, EventId id, EventRow row) {
    transaction.hasInserted(id.value(), row);
    transaction.afterCommit(() -> onCommitted.accept(event(id, emitter, row)));
  }

  /** What code that only reports facts of this emitter needs. */
  public EventAppender appenderFor(Emitter emitter) {
    return payload -> append(emitter, payload);
  }

  /**
   * Appends an event of any type, for callers outside of this catalogue. Unlike the other methods,
   * whose {@link Emitter} came from a start, it is told its ids by somebody, so it looks up whether
   * such runs have started, each once.
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
    EventRow row =
        row(
            emitter,
            eventType,
            Optional.ofNullable(payload).map(given -> checked(eventType, given)));
    knownRuns.require(emitter.runId());
    emitter.parentRunId().ifPresent(knownRuns::require);
    return append(emitter, row).value();
  }

  private EventId append(Emitter emitter, EventRow row) {
    return told(new EventId(database.insertEvent(row)), emitter, row);
  }

  private EventId told(EventId id, Emitter emitter, EventRow row) {
    onCommitted.accept(event(id, emitter, row));
    return id;
  }

  private EventRow row(Emitter emitter, EventPayload payload) {
    String eventType = payload.eventType();
    return row(emitter, eventType, Optional.of(checked(eventType, payload)));
  }

  private EventRow row(Emitter emitter, String eventType, Optional<String> payload) {
    EventNames.require(eventType);
    return new EventRow(
        Timestamps.require(clock.millis()),
        Optional.of(emitter.runId().value()),
        emitter.parentRunId().map(RunId::value),
        emitter.instanceId(),
        emitter.role(),
        eventType,
        payload);
  }

  private static Event event(EventId id, Emitter emitter, EventRow row) {
    return new Event(
        id, Instant.ofEpochMilli(row.timestampMillis()), emitter, row.eventType(), row.payload());
  }

  private String checked(String eventType, Object payload) {
    String json =
        payload instanceof String text ? objectText(eventType, text) : written(eventType, payload);
    return withinLimit(eventType, redaction.apply(json));
  }

  private static String withinLimit(String eventType, String json) {
    int bytes = bytesIfNearTheLimit(json);
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

  /** The bytes of UTF-8, which are only counted where they can be too many: three a character. */
  private static int bytesIfNearTheLimit(String json) {
    boolean isNear =
        json.length() <= LARGEST_PAYLOAD_BYTES && json.length() > LARGEST_PAYLOAD_BYTES / 3;
    return isNear ? json.getBytes(StandardCharsets.UTF_8).length : json.length();
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
      String json = Json.write(payload);
      if (json.startsWith("{")) {
        return json;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          "payload of " + eventType + " cannot be written as JSON: " + e.getMessage(), e);
    }
    throw new InvalidEventException(
        "payload of " + eventType + " is not a JSON object but " + payload.getClass().getName());
  }
}

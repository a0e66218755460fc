package dev.runlog.events.log;

/**
 * Appends events of one emitter. Thread-safe. This is all that code which only reports facts needs
 * of the log.
 */
@FunctionalInterface
public interface EventAppender {

  /**
   * Appends an event and returns when it is committed.
   *
   * @throws InvalidEventException when the event is refused; nothing was written
   * @throws dev.runlog.events.db.DatabaseException when the store cannot take it; nothing was
   *     written
   */
  EventId append(EventPayload payload);
}

package dev.runlog.events.log;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What an event says. Implementations are immutable and are written as a JSON object in snake case.
 */
public interface EventPayload {

  /** The type of the event, {@code scope.fact}, such as {@code task.claimed}. */
  @JsonIgnore
  String eventType();
}

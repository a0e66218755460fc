package dev.runlog.console.tail;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.RunId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events somebody wants to see.
 *
 * @param type fits their type, empty for any
 * @param run emitted them, empty for any
 */
public record EventFilter(Optional<Glob> type, Optional<RunId> run) implements Predicate<Event> {

  @Override
  public boolean test(Event event) {
    return run.map(wanted -> wanted.equals(event.runId())).orElse(true)
        && type.map(glob -> glob.matches(event.eventType())).orElse(true);
  }
}

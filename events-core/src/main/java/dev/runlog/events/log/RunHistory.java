package dev.runlog.events.log;

import java.util.List;
import java.util.Map;

/**
 * A run with its descendants and all events that they emitted, of one moment.
 *
 * @param root the run
 * @param events of each run of the tree, in the order of their ids
 */
public record RunHistory(Run root, Map<RunId, List<Event>> events) {

  public RunHistory {
    events = Map.copyOf(events);
  }

  /** The events of one run of the tree alone; none when it is not of the tree. */
  public List<Event> of(RunId run) {
    return events.getOrDefault(run, List.of());
  }
}

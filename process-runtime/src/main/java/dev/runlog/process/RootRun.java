package dev.runlog.process;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.RunId;
import java.util.Optional;

/** Finds the first run of a tree. */
final class RootRun {

  private RootRun() {}

  /**
   * Follows the parents as far as this database knows them. Parents have smaller ids than their
   * children, so a chain that does not descend is no chain of this database and is not followed.
   */
  static RunId of(EventQuery query, Emitter emitter) {
    RunId run = emitter.runId();
    Optional<RunId> parent = emitter.parentRunId();
    while (parent.isPresent() && parent.get().compareTo(run) < 0) {
      run = parent.get();
      parent =
          query.find(new EventId(run.value())).map(Event::emitter).flatMap(Emitter::parentRunId);
    }
    return run;
  }
}

package dev.runlog.events.retention;

import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A root with all its descendants, as far as a decision about it needs.
 *
 * @param root the run at the top
 * @param runs all runs of it, each before its parent
 * @param rows how many events they emitted
 * @param newestEvent the last of them
 * @param newestAt when that was logged
 * @param hasEnded whether every run of it has ended
 * @param holdsTasks whether a run of it submitted or holds a task that is not yet final
 * @param endsToldFor the roots of other trees that have runs whose end only this tree tells
 */
record Tree(
    RunId root,
    List<RunId> runs,
    long rows,
    EventId newestEvent,
    Instant newestAt,
    boolean hasEnded,
    boolean holdsTasks,
    Set<RunId> endsToldFor) {

  Tree {
    runs = List.copyOf(runs);
    endsToldFor = Set.copyOf(endsToldFor);
  }
}

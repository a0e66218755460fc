package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides which jars nobody needs any more. */
final class Garbage {

  /** How many revisions that were permanent are kept, so that one can go back to them. */
  static final int PERMANENT_KEPT = 3;

  private Garbage() {}

  /**
   * The SHAs whose jars can go: all attempts are over, and none is among the last that stayed.
   *
   * @param all the attempts with all supervisors on the database, the newest first
   */
  static Set<String> among(List<Revision> all) {
    Set<String> needed = new HashSet<>();
    all.stream()
        .filter(revision -> !revision.state().isFinal())
        .map(Revision::revision)
        .forEach(needed::add);
    all.stream()
        .collect(Collectors.groupingBy(Revision::supervisorInstanceId))
        .values()
        .forEach(ofOne -> needed.addAll(lastThatStayed(ofOne)));
    return all.stream()
        .map(Revision::revision)
        .filter(sha -> !needed.contains(sha))
        .collect(Collectors.toSet());
  }

  /**
   * One was permanent until it was superseded, so the order of their ends is that of their times.
   */
  private static List<String> lastThatStayed(List<Revision> ofOneSupervisor) {
    Stream<Revision> permanent = inState(RevisionState.PERMANENT, ofOneSupervisor);
    Stream<Revision> superseded =
        inState(RevisionState.SUPERSEDED, ofOneSupervisor)
            .sorted(Comparator.comparing(Revision::stateSince).reversed());
    return Stream.concat(permanent, superseded)
        .map(Revision::revision)
        .distinct()
        .limit(PERMANENT_KEPT)
        .toList();
  }

  private static Stream<Revision> inState(RevisionState state, List<Revision> revisions) {
    return revisions.stream().filter(revision -> revision.state() == state);
  }
}

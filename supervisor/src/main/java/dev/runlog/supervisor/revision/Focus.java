package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides which revision of a supervisor is next: one at a time. */
final class Focus {

  private Focus() {}

  /** What is in flight; else what may be tried; else what may be verified; the oldest first. */
  static Optional<Revision> among(List<Revision> all) {
    return Stream.<Predicate<Revision>>of(
            revision -> revision.state().isInFlight(),
            revision ->
                revision.state() == RevisionState.CANDIDATE
                    && revision.promoteRequestedAt().isPresent(),
            revision -> revision.state() == RevisionState.REGISTERED)
        .flatMap(
            which -> all.stream().filter(which).min(Comparator.comparing(Revision::id)).stream())
        .findFirst();
  }

  /** Whether one may still take the place of workers that gave up: it is awaited, or goes back. */
  static boolean isAnyAwaited(List<Revision> all) {
    return all.stream().anyMatch(Focus::isAwaited);
  }

  private static boolean isAwaited(Revision revision) {
    return switch (revision.state()) {
      case REGISTERED, VERIFYING, CANDIDATE -> revision.promoteRequestedAt().isPresent();
      case CANARY, ROLLING, ACTIVE, ROLLING_BACK -> true;
      case PERMANENT, SUPERSEDED, REJECTED, INCONSISTENT, ROLLED_BACK -> false;
    };
  }

  /** Whether a supervisor that starts now may come to run a build. */
  static boolean mayRun(RevisionState state, boolean isPromotionAsked) {
    return switch (state) {
      case CANARY, ROLLING, ACTIVE, PERMANENT -> true;
      case REGISTERED, VERIFYING, CANDIDATE -> isPromotionAsked;
      // What is to be taken back is not started again.
      case ROLLING_BACK, INCONSISTENT, SUPERSEDED, REJECTED, ROLLED_BACK -> false;
    };
  }

  /** What every slot runs beside the one in flight; empty for the supervisor's own worker. */
  static Optional<Revision> base(List<Revision> all) {
    return all.stream().filter(revision -> revision.state() == RevisionState.PERMANENT).findFirst();
  }
}

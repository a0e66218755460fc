package dev.runlog.events.revisions;

import java.util.List;
import java.util.Optional;

/** The rule that one revision of a supervisor is on its way at a time. */
final class InFlight {

  private InFlight() {}

  /** The one that is on its way beside this one. */
  static Optional<Revision> beside(List<Revision> all, Revision self) {
    return all.stream()
        .filter(row -> row.id() != self.id() && row.state().isInFlight())
        .findFirst();
  }

  static void requireNoneBeside(List<Revision> all, Revision self) {
    beside(all, self)
        .ifPresent(
            other -> {
              throw new InvalidRevisionException(
                  "revision "
                      + self.revision()
                      + " must wait: "
                      + other.revision()
                      + " is "
                      + other.state().wireName()
                      + "; wait for its end or take it back with 'runlog revision rollback "
                      + other.revision()
                      + "'");
            });
  }
}

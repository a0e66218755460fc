package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.RevisionState;
import java.util.Optional;

/** What is to be done about a revision next. */
sealed interface Move {

  /** Nothing yet. */
  record Stay() implements Move {}

  /** Start its self-check. */
  record StartCheck() implements Move {}

  /**
   * Let a slot run the other build.
   *
   * @param slot its instance
   * @param isFresh whether that is the new build
   */
  record Change(String slot, boolean isFresh) implements Move {}

  /**
   * Move the row on.
   *
   * @param to where
   * @param reason why, for people
   */
  record To(RevisionState to, Optional<String> reason) implements Move {}

  Move STAY = new Stay();

  static Move to(RevisionState state) {
    return new To(state, Optional.empty());
  }

  static Move to(RevisionState state, String reason) {
    return new To(state, Optional.of(reason));
  }
}

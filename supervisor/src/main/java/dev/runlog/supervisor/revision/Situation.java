package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that the next move of a revision depends on.
 *
 * @param state where it is
 * @param isPromotionAsked whether it is to go on once it is verified
 * @param isRollbackAsked whether a person wants it taken back
 * @param reason why it is in its state
 * @param problem why its jar cannot be used, empty when it can
 * @param previousProblem the same for the build to fall back to
 * @param check its self-check
 * @param slots the slots that revisions are for
 * @param fresh what its workers did since its canary
 * @param previous what those of the previous build did
 * @param inState how long this supervisor has seen it in its state
 * @param resumes how often supervisors found it in this state when they started
 * @param rules how careful to be
 */
record Situation(
    RevisionState state,
    boolean isPromotionAsked,
    boolean isRollbackAsked,
    Optional<String> reason,
    Optional<String> problem,
    Optional<String> previousProblem,
    Check check,
    List<SlotView> slots,
    Work fresh,
    Work previous,
    Duration inState,
    int resumes,
    RolloutRules rules) {

  Situation {
    slots = List.copyOf(slots);
  }
}

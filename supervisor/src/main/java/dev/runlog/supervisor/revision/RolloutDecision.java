package dev.runlog.supervisor.revision;

import static dev.runlog.events.revisions.RevisionState.ACTIVE;
import static dev.runlog.events.revisions.RevisionState.CANARY;
import static dev.runlog.events.revisions.RevisionState.CANDIDATE;
import static dev.runlog.events.revisions.RevisionState.INCONSISTENT;
import static dev.runlog.events.revisions.RevisionState.PERMANENT;
import static dev.runlog.events.revisions.RevisionState.REJECTED;
import static dev.runlog.events.revisions.RevisionState.ROLLED_BACK;
import static dev.runlog.events.revisions.RevisionState.ROLLING;
import static dev.runlog.events.revisions.RevisionState.ROLLING_BACK;
import static dev.runlog.events.revisions.RevisionState.VERIFYING;

import dev.runlog.events.payload.RevisionFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a revision. No clock, no database, no process. */
final class RolloutDecision {

  private RolloutDecision() {}

  /** The next move. */
  static Move next(Situation now) {
    return switch (now.state()) {
      case REGISTERED -> Move.to(VERIFYING);
      case VERIFYING -> afterCheck(now);
      case CANDIDATE -> beginTrial(now);
      case CANARY -> problemOf(now).orElseGet(() -> tryOneSlot(now));
      case ROLLING -> problemOf(now).orElseGet(() -> rollOn(now));
      case ACTIVE -> problemOf(now).orElseGet(() -> settle(now));
      case ROLLING_BACK -> takeBack(now);
      case INCONSISTENT -> repair(now);
      case PERMANENT, SUPERSEDED, REJECTED, ROLLED_BACK -> Move.STAY;
    };
  }

  private static Move afterCheck(Situation now) {
    if (now.problem().isPresent()) {
      return Move.to(REJECTED, now.problem().get());
    }
    if (now.resumes() > RolloutRules.MOST_RESUMES) {
      return Move.to(REJECTED, supervisorProblem(now).orElseThrow());
    }
    Check check = now.check();
    if (check instanceof Check.Passed passed) {
      return Move.to(CANDIDATE, "self-check passed in " + passed.took().toMillis() + " ms");
    }
    if (check instanceof Check.Failed failed) {
      return Move.to(REJECTED, failed.why());
    }
    return check instanceof Check.NotStarted ? new Move.StartCheck() : Move.STAY;
  }

  private static Move beginTrial(Situation now) {
    if (now.problem().isPresent()) {
      return Move.to(REJECTED, now.problem().get());
    }
    boolean canBegin = now.isPromotionAsked() && !atWork(now.slots()).isEmpty();
    return canBegin ? Move.to(CANARY) : Move.STAY;
  }

  /** What ends it in every state in which it has slots. */
  private static Optional<Move> problemOf(Situation now) {
    Optional<String> why =
        Optional.of("a person asked for it")
            .filter(asked -> now.isRollbackAsked())
            .or(now::problem)
            .or(() -> supervisorProblem(now))
            .or(() -> comparisonProblem(now))
            .or(() -> gaveUpProblem(now));
    return why.map(reason -> Move.to(ROLLING_BACK, reason));
  }

  /** A trial is judged at its end; whatever shows after that is judged at once. */
  private static Optional<String> comparisonProblem(Situation now) {
    return now.state() == CANARY
        ? CanaryJudge.crashProblem(now.fresh().figures(), now.previous().figures())
        : CanaryJudge.judge(now.fresh(), now.previous());
  }

  private static Optional<String> supervisorProblem(Situation now) {
    return now.resumes() > RolloutRules.MOST_RESUMES
        ? Optional.of(
            "the supervisor was started "
                + now.resumes()
                + " times while this build was "
                + now.state().wireName())
        : Optional.empty();
  }

  private static Optional<String> gaveUpProblem(Situation now) {
    return now.slots().stream()
        .filter(slot -> slot.isFresh() && slot.hasGivenUp())
        .findFirst()
        .map(slot -> slot.name() + " gave up; see its worker.gave_up");
  }

  private static Move tryOneSlot(Situation now) {
    List<SlotView> atWork = atWork(now.slots());
    Optional<SlotView> canary = atWork.stream().filter(SlotView::isFresh).findFirst();
    if (now.inState().compareTo(now.rules().trialDeadline()) >= 0) {
      return Move.to(ROLLING_BACK, "not judged within " + seconds(now.rules().trialDeadline()));
    }
    Optional<SlotView> setAside =
        now.slots().stream().filter(slot -> slot.isFresh() && slot.isSetAside()).findFirst();
    if (setAside.isPresent()) {
      return new Move.Change(setAside.get().name(), false);
    }
    if (canary.isEmpty()) {
      return change(atWork, false, Duration.ZERO);
    }
    return isTrialOver(now, canary.get()) ? judge(now) : Move.STAY;
  }

  /** Those that a person stopped can try nothing. */
  private static List<SlotView> atWork(List<SlotView> slots) {
    return slots.stream().filter(slot -> !slot.isSetAside()).toList();
  }

  /** Probes stand in for tasks where there are too few: the soak still watches what it does. */
  private static boolean isTrialOver(Situation now, SlotView canary) {
    boolean hasDoneEnough = now.fresh().samples().size() >= now.rules().canaryTasks();
    return (canary.isReady() && hasDoneEnough) || canary.isReadyFor(now.rules().canaryTime());
  }

  private static Move judge(Situation now) {
    RevisionFigures figures = now.fresh().figures();
    if (now.fresh().samples().isEmpty()) {
      return Move.to(
          ROLLING_BACK, "ended no task and no probe within " + seconds(now.rules().canaryTime()));
    }
    return CanaryJudge.judge(now.fresh(), now.previous())
        .map(worse -> Move.to(ROLLING_BACK, worse))
        .orElseGet(
            () ->
                Move.to(
                    ROLLING,
                    CanaryJudge.ended(figures)
                        + ", "
                        + figures.failed()
                        + " failed, "
                        + figures.crashes()
                        + " crashes"));
  }

  private static Move rollOn(Situation now) {
    Duration longest = now.rules().rollDeadline(now.slots().size());
    if (now.inState().compareTo(longest) >= 0) {
      return Move.to(ROLLING_BACK, "not in all slots within " + seconds(longest));
    }
    Duration healthy = now.rules().healthyTime();
    boolean isAllOver =
        now.slots().stream()
            .allMatch(slot -> slot.isFresh() && (slot.isSetAside() || slot.isReadyFor(healthy)));
    return isAllOver ? Move.to(ACTIVE) : change(now.slots(), false, healthy);
  }

  private static Move settle(Situation now) {
    return now.inState().compareTo(now.rules().soak()) >= 0
        ? Move.to(PERMANENT, "nothing went wrong for " + seconds(now.rules().soak()))
        : Move.STAY;
  }

  private static Move takeBack(Situation now) {
    if (now.previousProblem().isPresent()) {
      return Move.to(INCONSISTENT, "cannot go back: " + now.previousProblem().get() + advice());
    }
    if (now.slots().stream().noneMatch(RolloutDecision::isStillFresh)) {
      return new Move.To(ROLLED_BACK, now.reason());
    }
    return stuckSlot(now)
        .map(
            slot ->
                Move.to(
                    INCONSISTENT,
                    slot.name()
                        + " gave up on the previous build too, the others are left as they are"
                        + advice()))
        .orElseGet(() -> change(now.slots(), true, Duration.ZERO));
  }

  private static Move repair(Situation now) {
    if (!now.isRollbackAsked() || now.previousProblem().isPresent()) {
      return Move.STAY;
    }
    return now.slots().stream().noneMatch(RolloutDecision::isStillFresh)
        ? Move.to(ROLLED_BACK, "a person put it right")
        : change(now.slots(), true, Duration.ZERO);
  }

  /** One on the previous build when none of those stays up: the next would only be down as well. */
  private static Optional<SlotView> stuckSlot(Situation now) {
    List<SlotView> back =
        now.slots().stream().filter(slot -> !slot.isFresh() && !slot.isSetAside()).toList();
    return back.stream().allMatch(SlotView::hasGivenUp)
        ? back.stream().findFirst()
        : Optional.empty();
  }

  /** Also while its last child drains. */
  private static boolean isStillFresh(SlotView slot) {
    return slot.isFresh() || !slot.isArrived();
  }

  private static Move change(List<SlotView> slots, boolean fromFresh, Duration healthy) {
    return SlotView.firstToChange(slots, fromFresh, healthy)
        .<Move>map(slot -> new Move.Change(slot.name(), !fromFresh))
        .orElse(Move.STAY);
  }

  private static String advice() {
    return "; put that right, then ask again with 'runlog revision rollback'";
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }
}

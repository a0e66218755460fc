package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.work.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutDecisionTest {

  private static final RolloutRules RULES =
      new RolloutRules(20, Duration.ofSeconds(300), Duration.ofSeconds(5), Duration.ofSeconds(600));
  private static final Work NOTHING = CanaryJudgeTest.work(0, 0, 0, 0, 0);
  private static final Work ENOUGH = CanaryJudgeTest.work(0, 20, 0, 100, 50);
  private static final Duration LONG = Duration.ofSeconds(60);

  private RevisionState state = RevisionState.REGISTERED;
  private boolean isPromotionAsked;
  private boolean isRollbackAsked;
  private Optional<String> problem = Optional.empty();
  private Optional<String> previousProblem = Optional.empty();
  private Check check = new Check.NotStarted();
  private final List<SlotView> slots = new ArrayList<>();
  private Work fresh = NOTHING;
  private Work previous = NOTHING;
  private Duration inState = Duration.ZERO;
  private int resumes;

  @Test
  void checksABuildFirst() {
    assertThat(next()).isEqualTo(Move.to(RevisionState.VERIFYING));
    state = RevisionState.VERIFYING;
    assertThat(next()).isEqualTo(new Move.StartCheck());
    check = new Check.Running();
    assertThat(next()).isEqualTo(Move.STAY);
    check = new Check.Passed(Duration.ofMillis(1500));
    assertThat(next()).isEqualTo(Move.to(RevisionState.CANDIDATE, "self-check passed in 1500 ms"));
    check = new Check.Failed("self-check: exit code 9");
    assertThat(next()).isEqualTo(Move.to(RevisionState.REJECTED, "self-check: exit code 9"));
  }

  @Test
  void rejectsABuildWhoseFileIsNotWhatWasRegistered() {
    problem = Optional.of("worker.jar is missing");
    state = RevisionState.VERIFYING;
    assertThat(next()).isEqualTo(Move.to(RevisionState.REJECTED, "worker.jar is missing"));
    state = RevisionState.CANDIDATE;
    assertThat(next()).isEqualTo(Move.to(RevisionState.REJECTED, "worker.jar is missing"));
  }

  @Test
  void triesACandidateOnceItIsAskedTo() {
    state = RevisionState.CANDIDATE;
    slots.add(old("W1", LONG));
    assertThat(next()).isEqualTo(Move.STAY);
    isPromotionAsked = true;
    assertThat(next()).isEqualTo(Move.to(RevisionState.CANARY));
  }

  @Test
  void givesItOneSlotAndWaitsForItsTasks() {
    state = RevisionState.CANARY;
    slots.addAll(List.of(old("W1", LONG), old("W2", LONG)));
    assertThat(next()).isEqualTo(new Move.Change("W1", true));
    slots.set(0, fresh("W1", Duration.ZERO));
    assertThat(next()).isEqualTo(Move.STAY);
    fresh = ENOUGH;
    assertThat(next()).isEqualTo(Move.to(RevisionState.ROLLING, "20 tasks, 0 failed, 0 crashes"));
  }

  @Test
  void changesNoSlotWhileAnotherIsNotReady() {
    state = RevisionState.CANARY;
    slots.addAll(List.of(old("W1", LONG), starting("W2", false)));
    assertThat(next())
        .as("the one that starts may be changed")
        .isEqualTo(new Move.Change("W2", true));
    slots.add(starting("W3", false));
    assertThat(next()).as("with two that are down none may").isEqualTo(Move.STAY);
  }

  @Test
  void triesABuildOnlyWhereSomethingRuns() {
    state = RevisionState.CANDIDATE;
    isPromotionAsked = true;
    slots.add(stopped("W1", false));
    assertThat(next()).as("all are stopped").isEqualTo(Move.STAY);
    slots.add(old("W2", LONG));
    assertThat(next()).isEqualTo(Move.to(RevisionState.CANARY));
    state = RevisionState.CANARY;
    assertThat(next()).isEqualTo(new Move.Change("W2", true));
    slots.set(0, stopping("W1", false));
    assertThat(next()).isEqualTo(new Move.Change("W2", true));
  }

  @Test
  void givesTheTrialToAnotherSlotWhenAPersonStopsItsOwn() {
    state = RevisionState.CANARY;
    slots.addAll(List.of(stopped("W1", true), old("W2", LONG)));
    assertThat(next()).isEqualTo(new Move.Change("W1", false));
    slots.set(0, stopped("W1", false));
    assertThat(next()).isEqualTo(new Move.Change("W2", true));
  }

  @Test
  void takesBackCrashedSlotsBeforeTheyStartTheBadBuildAgain() {
    state = RevisionState.ROLLING_BACK;
    slots.addAll(List.of(crashed("W1", true), crashed("W2", true), fresh("W3", LONG)));
    assertThat(next()).isEqualTo(new Move.Change("W1", false));
    slots.set(0, starting("W1", false));
    assertThat(next()).isEqualTo(new Move.Change("W2", false));
    slots.set(1, starting("W2", false));
    assertThat(next()).as("the last one works").isEqualTo(Move.STAY);
  }

  @Test
  void judgesWithFewerTasksWhenTheTimeIsOver() {
    state = RevisionState.CANARY;
    slots.addAll(List.of(fresh("W1", RULES.canaryTime()), old("W2", LONG)));
    fresh = CanaryJudgeTest.work(0, 3, 0, 100, 50);
    assertThat(next()).isEqualTo(Move.to(RevisionState.ROLLING, "3 tasks, 0 failed, 0 crashes"));
    fresh = NOTHING;
    assertThat(next())
        .isEqualTo(Move.to(RevisionState.ROLLING_BACK, "ended no task and no probe within 300 s"));
  }

  @Test
  void probesStandInForTasksWhereThereAreTooFew() {
    state = RevisionState.CANARY;
    slots.addAll(List.of(fresh("W1", LONG), old("W2", LONG)));
    fresh = CanaryJudgeTest.with(NOTHING, 19, 0);
    assertThat(next()).isEqualTo(Move.STAY);
    fresh = CanaryJudgeTest.with(NOTHING, 20, 0);
    assertThat(next())
        .isEqualTo(Move.to(RevisionState.ROLLING, "0 tasks and 20 probes, 0 failed, 0 crashes"));
  }

  @Test
  void judgesByAllMeasuresUntilItIsPermanent() {
    slots.addAll(List.of(fresh("W1", LONG), old("W2", LONG)));
    for (RevisionState trial : List.of(RevisionState.ROLLING, RevisionState.ACTIVE)) {
      state = trial;
      fresh = CanaryJudgeTest.work(0, 20, 20, 100, 50);
      assertIsTakenBack("20 of 20 tasks failed");
      previous = CanaryJudgeTest.work(0, 20, 0, 10, 50);
      fresh = CanaryJudgeTest.work(0, 20, 0, 1000, 50);
      assertIsTakenBack("p95 of 1000 ms");
      fresh = CanaryJudgeTest.work(0, 20, 0, 10, 500);
      assertIsTakenBack("500 tokens a task");
      previous = NOTHING;
    }
  }

  @Test
  void takesBackWhatDoesNotComeIntoAllSlotsInTime() {
    state = RevisionState.ROLLING;
    slots.addAll(List.of(starting("W1", true), old("W2", LONG)));
    assertThat(next()).isEqualTo(Move.STAY);
    inState = RULES.rollDeadline(2);
    assertIsTakenBack("not in all slots within 250 s");
  }

  @Test
  void takesBackWhatMissesItsDeadlineCrashesGivesUpOrIsNotWanted() {
    slots.addAll(List.of(starting("W1", true), old("W2", LONG)));
    for (RevisionState trial :
        List.of(RevisionState.CANARY, RevisionState.ROLLING, RevisionState.ACTIVE)) {
      state = trial;
      fresh = CanaryJudgeTest.work(2, 3, 0, 100, 50);
      assertIsTakenBack("2 crashes in 3 tasks");
      fresh = NOTHING;
      isRollbackAsked = true;
      assertIsTakenBack("a person asked");
      isRollbackAsked = false;
      resumes = RolloutRules.MOST_RESUMES + 1;
      assertIsTakenBack("the supervisor was started 6 times");
      resumes = 0;
      slots.set(0, gaveUp("W1", true));
      assertIsTakenBack("W1 gave up");
      slots.set(0, starting("W1", true));
    }
    state = RevisionState.CANARY;
    inState = RULES.trialDeadline();
    assertIsTakenBack("not judged within 420 s");
  }

  @Test
  void rollsOnOneByOneEachReadyForAWhile() {
    state = RevisionState.ROLLING;
    slots.addAll(List.of(fresh("W1", Duration.ofSeconds(4)), old("W2", LONG), old("W3", LONG)));
    assertThat(next()).isEqualTo(Move.STAY);
    slots.set(0, fresh("W1", RULES.healthyTime()));
    assertThat(next()).isEqualTo(new Move.Change("W2", true));
    slots.set(1, starting("W2", true));
    assertThat(next()).isEqualTo(Move.STAY);
    slots.set(1, fresh("W2", LONG));
    slots.set(2, fresh("W3", LONG));
    assertThat(next()).isEqualTo(Move.to(RevisionState.ACTIVE));
  }

  @Test
  void leavesSlotsAloneThatAPersonStopped() {
    state = RevisionState.ROLLING;
    slots.addAll(List.of(fresh("W1", LONG), stopped("W2", true)));
    assertThat(next()).isEqualTo(Move.to(RevisionState.ACTIVE));
  }

  @Test
  void isPermanentAfterTheSoak() {
    state = RevisionState.ACTIVE;
    slots.add(fresh("W1", LONG));
    assertThat(next()).isEqualTo(Move.STAY);
    inState = RULES.soak();
    assertThat(next()).isEqualTo(Move.to(RevisionState.PERMANENT, "nothing went wrong for 600 s"));
  }

  @Test
  void takesBackSlotBySlotThoseThatAreDownFirst() {
    state = RevisionState.ROLLING_BACK;
    slots.addAll(List.of(fresh("W1", LONG), gaveUp("W2", true), old("W3", LONG)));
    assertThat(next()).isEqualTo(new Move.Change("W2", false));
    slots.set(1, starting("W2", false));
    assertThat(next()).isEqualTo(Move.STAY);
    slots.set(1, old("W2", Duration.ZERO));
    assertThat(next()).isEqualTo(new Move.Change("W1", false));
    slots.set(0, draining("W1"));
    assertThat(next()).isEqualTo(Move.STAY);
    slots.set(0, starting("W1", false));
    assertThat(next())
        .isEqualTo(new Move.To(RevisionState.ROLLED_BACK, Optional.of("what went wrong")));
  }

  @Test
  void saysWhatAPersonMustDoWhenThereIsNothingToGoBackTo() {
    state = RevisionState.ROLLING_BACK;
    slots.addAll(List.of(fresh("W1", LONG), old("W2", LONG)));
    previousProblem = Optional.of("old.jar is missing");
    assertThat(next())
        .isEqualTo(
            Move.to(
                RevisionState.INCONSISTENT,
                "cannot go back: old.jar is missing; put that right, then ask again with 'runlog revision rollback'"));
    state = RevisionState.INCONSISTENT;
    isRollbackAsked = true;
    assertThat(next()).isEqualTo(Move.STAY);
    previousProblem = Optional.empty();
    assertThat(next()).isEqualTo(new Move.Change("W1", false));
    slots.set(0, old("W1", LONG));
    assertThat(next()).isEqualTo(Move.to(RevisionState.ROLLED_BACK, "a person put it right"));
  }

  /** As a supervisor sees it that was started after another died while it took a build back. */
  @Test
  void hasNotGoneBackToABuildThatIsMissingThoughNoSlotRunsTheNewOne() {
    state = RevisionState.ROLLING_BACK;
    slots.addAll(List.of(gaveUp("W1", false), gaveUp("W2", false)));
    previousProblem = Optional.of("old.jar is missing");
    assertThat(next())
        .isInstanceOfSatisfying(
            Move.To.class, to -> assertThat(to.to()).isEqualTo(RevisionState.INCONSISTENT));
  }

  @Test
  void stopsWhenThePreviousBuildDoesNotStayUpEither() {
    state = RevisionState.ROLLING_BACK;
    slots.addAll(List.of(fresh("W1", LONG), gaveUp("W2", false)));
    assertThat(next())
        .isInstanceOfSatisfying(
            Move.To.class, to -> assertThat(to.to()).isEqualTo(RevisionState.INCONSISTENT));
  }

  private void assertIsTakenBack(String why) {
    assertThat(next())
        .isInstanceOfSatisfying(
            Move.To.class,
            to -> {
              assertThat(to.to()).isEqualTo(RevisionState.ROLLING_BACK);
              assertThat(to.reason().orElse("")).startsWith(why);
            });
  }

  private Move next() {
    return RolloutDecision.next(
        new Situation(
            state,
            isPromotionAsked,
            isRollbackAsked,
            Optional.of("what went wrong"),
            problem,
            previousProblem,
            check,
            slots,
            fresh,
            previous,
            inState,
            resumes,
            RULES));
  }

  private static SlotView fresh(String name, Duration readyFor) {
    return new SlotView(name, true, true, Optional.of(readyFor), false, false, true);
  }

  private static SlotView old(String name, Duration readyFor) {
    return new SlotView(name, false, true, Optional.of(readyFor), false, false, true);
  }

  private static SlotView starting(String name, boolean isFresh) {
    return new SlotView(name, isFresh, true, Optional.empty(), false, false, true);
  }

  private static SlotView draining(String name) {
    return new SlotView(name, false, false, Optional.empty(), false, false, true);
  }

  private static SlotView gaveUp(String name, boolean isFresh) {
    return new SlotView(name, isFresh, true, Optional.empty(), true, false, false);
  }

  private static SlotView stopped(String name, boolean isFresh) {
    return new SlotView(name, isFresh, true, Optional.empty(), false, true, false);
  }

  /** Asked to end by a person, and not ended yet. */
  private static SlotView stopping(String name, boolean isFresh) {
    return new SlotView(name, isFresh, false, Optional.empty(), false, true, true);
  }

  /** Waits for its next start after a crash. */
  private static SlotView crashed(String name, boolean isFresh) {
    return new SlotView(name, isFresh, true, Optional.empty(), false, false, false);
  }
}

package dev.runlog.it.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.EventType;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.RunningProcess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The supervisor dies before and after each move of a revision, one death after the other on the
 * way of one build. The moves come from the table of states, so that a new one is not forgotten.
 */
@Timeout(300)
class KillAtEveryTransitionIT {

  private static final List<RevisionState> WAY_OF_A_GOOD_ONE =
      List.of(
          RevisionState.VERIFYING,
          RevisionState.CANDIDATE,
          RevisionState.CANARY,
          RevisionState.ROLLING,
          RevisionState.ACTIVE,
          RevisionState.PERMANENT);

  private static final List<RevisionState> END_OF_A_BAD_ONE =
      List.of(RevisionState.ROLLING_BACK, RevisionState.ROLLED_BACK);

  private static final List<RevisionState> REJECTION = List.of(RevisionState.REJECTED);

  private static final List<RevisionState> END_OF_AN_INCONSISTENT_ONE =
      List.of(RevisionState.INCONSISTENT, RevisionState.ROLLED_BACK);

  /** A move of a revision from a state to the next. */
  private record Step(RevisionState from, RevisionState to) {}

  @RegisterExtension final Fleet processes = new Fleet();

  private RevisionFleet fleet;

  @BeforeEach
  void prepare() throws Exception {
    fleet = new RevisionFleet(processes);
  }

  @Test
  void theWaysTakeEveryMoveThatASupervisorMakes() {
    Set<Step> taken = new HashSet<>(steps(RevisionState.REGISTERED, WAY_OF_A_GOOD_ONE));
    taken.addAll(steps(RevisionState.CANARY, END_OF_A_BAD_ONE));
    taken.addAll(steps(RevisionState.ROLLING, END_OF_A_BAD_ONE));
    taken.addAll(steps(RevisionState.ACTIVE, END_OF_A_BAD_ONE));
    taken.addAll(steps(RevisionState.VERIFYING, REJECTION));
    taken.addAll(steps(RevisionState.CANDIDATE, REJECTION));
    taken.addAll(steps(RevisionState.ROLLING_BACK, END_OF_AN_INCONSISTENT_ONE));

    Set<Step> all = new HashSet<>();
    for (RevisionState from : RevisionState.values()) {
      from.next().forEach(to -> all.add(new Step(from, to)));
    }
    // A person's, whose command it is in.
    all.remove(new Step(RevisionState.REGISTERED, RevisionState.REJECTED));
    // In one transaction with the next one's move to permanent.
    all.remove(new Step(RevisionState.PERMANENT, RevisionState.SUPERSEDED));
    assertThat(taken).isEqualTo(all);
  }

  @Repeated
  void aGoodBuildArrivesThroughAllDeaths(int repeat) throws Exception {
    TrialBuild good = TrialBuild.good('a');
    List<TaskId> tasks = dieOnTheWayOf(good, WAY_OF_A_GOOD_ONE);
    fleet.start();
    fleet.await(EventType.REVISION_PERMANENT, good);
    assertThat(fleet.stateOf(good)).isEqualTo("permanent");
    fleet.assertPromotions(good, 1);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  @Repeated
  void aBadBuildIsGoneThroughAllDeaths(int repeat) throws Exception {
    TrialBuild bad = TrialBuild.bad('b', "crashes-at-boot");
    List<TaskId> tasks = dieOnTheWayOf(bad, END_OF_A_BAD_ONE);
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, bad);
    assertThat(fleet.stateOf(bad)).isEqualTo("rolled_back");
    fleet.assertPromotions(bad, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  @Repeated
  void aBuildThatFailsItsCheckIsRejectedThroughAllDeaths(int repeat) throws Exception {
    TrialBuild bad = TrialBuild.bad('c', "fails-self-check");
    List<TaskId> tasks = dieOnTheWayOf(bad, REJECTION);
    fleet.start();
    fleet.await(EventType.REVISION_REJECTED, bad);
    fleet.assertPromotions(bad, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  @Repeated
  void aBuildWhoseJarIsGoneIsRejectedThroughAllDeaths(int repeat) throws Exception {
    TrialBuild lost = TrialBuild.good('f');
    List<TaskId> tasks = dieOnTheWayOf(lost, List.of(RevisionState.CANDIDATE));
    fleet.loseJarOf(lost);
    dieAt(REJECTION);
    fleet.start();
    fleet.await(EventType.REVISION_REJECTED, lost);
    fleet.assertPromotions(lost, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  @Repeated
  void aBuildThatAPersonTakesBackWhileItRollsIsGoneThroughAllDeaths(int repeat) throws Exception {
    assertIsTakenBackByAPerson(RevisionState.ROLLING, 0);
  }

  @Repeated
  void aBuildThatAPersonTakesBackWhenItIsActiveIsGoneThroughAllDeaths(int repeat) throws Exception {
    assertIsTakenBackByAPerson(RevisionState.ACTIVE, 1);
  }

  @Repeated
  void aBuildThatCannotBeTakenBackWaitsForAPersonThroughAllDeaths(int repeat) throws Exception {
    TrialBuild base = TrialBuild.good('e');
    TrialBuild slow = TrialBuild.good('d').taking(300);
    makePermanent(base);
    List<TaskId> tasks = fleet.submitTasks(100);
    RunningProcess dying = fleet.startDyingAt("before:inconsistent");
    fleet.add(slow);
    fleet.await(EventType.REVISION_CANARY, slow);
    fleet.loseJarOf(base);
    assertThat(fleet.revision("rollback", slow.sha()).exitCode()).isZero();
    assertDies(dying, "before:inconsistent");
    assertDies(fleet.startDyingAt("after:inconsistent"), "after:inconsistent");

    assertThat(fleet.start().awaitEnd().exitCode()).as("no worker can be started").isEqualTo(69);
    assertThat(fleet.stateOf(slow)).isEqualTo("inconsistent");
    fleet.addAgain(base);
    assertThat(fleet.revision("rollback", slow.sha()).exitCode()).isZero();
    dieAt(List.of(RevisionState.ROLLED_BACK));
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, slow);
    fleet.assertPromotions(slow, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  private void makePermanent(TrialBuild build) throws Exception {
    fleet.events();
    fleet.add(build);
    RunningProcess supervisor = fleet.start();
    fleet.await(EventType.REVISION_PERMANENT, build);
    supervisor.terminate();
    supervisor.awaitEnd();
  }

  private void assertIsTakenBackByAPerson(RevisionState from, int promotions) throws Exception {
    TrialBuild good = TrialBuild.good('a');
    List<TaskId> tasks = fleet.submitTasks(100);
    fleet.events();
    fleet.add(good);
    String reached = "after:" + from.wireName();
    assertDies(fleet.startDyingAt(reached), reached);
    assertThat(fleet.revision("rollback", good.sha()).exitCode()).isZero();
    dieAt(END_OF_A_BAD_ONE);
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, good);
    assertThat(fleet.stateOf(good)).isEqualTo("rolled_back");
    fleet.assertPromotions(good, promotions);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  private List<TaskId> dieOnTheWayOf(TrialBuild build, List<RevisionState> moves) throws Exception {
    List<TaskId> tasks = fleet.submitTasks(100);
    fleet.events();
    fleet.add(build);
    dieAt(moves);
    return tasks;
  }

  private void dieAt(List<RevisionState> moves) throws Exception {
    for (RevisionState to : moves) {
      for (String when : List.of("before:", "after:")) {
        assertDies(fleet.startDyingAt(when + to.wireName()), when + to.wireName());
      }
    }
  }

  private static List<Step> steps(RevisionState origin, List<RevisionState> moves) {
    List<Step> steps = new ArrayList<>();
    RevisionState from = origin;
    for (RevisionState to : moves) {
      steps.add(new Step(from, to));
      from = to;
    }
    return steps;
  }

  private static void assertDies(RunningProcess supervisor, String point) throws Exception {
    assertThat(supervisor.awaitEnd().exitCode()).as(point).isEqualTo(137);
  }
}

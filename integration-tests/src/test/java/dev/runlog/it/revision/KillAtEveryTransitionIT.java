package dev.runlog.it.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runlog.events.log.EventType;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.RunningProcess;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The supervisor dies before and after each move of a revision, one death after the other on the
 * way of one build, while tasks are done. The cases record where one really died, and the moves
 * come from the table of states, so that a new move or a case that is gone is noticed.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillAtEveryTransitionIT {

  private static final List<RevisionState> WAY_OF_A_GOOD_ONE =
      List.of(
          RevisionState.REGISTERED,
          RevisionState.VERIFYING,
          RevisionState.CANDIDATE,
          RevisionState.CANARY,
          RevisionState.ROLLING,
          RevisionState.ACTIVE,
          RevisionState.PERMANENT);

  private static final Set<FailPoint> DEATHS = new HashSet<>();
  private static final Set<String> CASES_RUN = new HashSet<>();

  @RegisterExtension final Fleet processes = new Fleet();

  private final List<Feeder> fed = new ArrayList<>();
  private RevisionFleet fleet;

  @BeforeEach
  void prepare(TestInfo test) throws Exception {
    fleet = new RevisionFleet(processes);
    CASES_RUN.add(test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void stopFeeding() {
    fed.forEach(Feeder::close);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void theCasesDieAtEveryMoveThatASupervisorMakes() {
    assumeThat(CASES_RUN).as("cases that have been run").containsAll(allCases());
    Set<FailPoint> all = new HashSet<>();
    for (RevisionState from : RevisionState.values()) {
      from.next().forEach(to -> all.addAll(FailPoint.around(from, to)));
    }
    // A person's, whose command it is in.
    FailPoint.around(RevisionState.REGISTERED, RevisionState.REJECTED).forEach(all::remove);
    assertThat(DEATHS).isEqualTo(all);
  }

  @Repeated
  void aGoodBuildArrivesThroughAllDeaths(int repeat) throws Exception {
    TrialBuild good = TrialBuild.good('a');
    Feeder tasks = feedAndAdd(good);
    dieOnTheWay(WAY_OF_A_GOOD_ONE);
    fleet.start();
    fleet.await(EventType.REVISION_PERMANENT, good);
    assertEnds(good, "permanent", 1, tasks);
  }

  @Repeated
  void aGoodBuildTakesThePlaceOfAnotherThroughAllDeaths(int repeat) throws Exception {
    TrialBuild first = TrialBuild.good('1');
    TrialBuild second = TrialBuild.good('2');
    TrialBuild bad = TrialBuild.bad('3', "crashes-at-boot");
    makePermanent(first);
    Feeder tasks = feedAndAdd(second);
    dieAt(FailPoint.before(RevisionState.ACTIVE, RevisionState.PERMANENT));
    assertStates(first, "permanent", second, "active");
    dieAt(FailPoint.after(RevisionState.ACTIVE, RevisionState.PERMANENT));
    assertStates(first, "superseded", second, "permanent");
    // In one transaction with the other's move to permanent.
    DEATHS.addAll(FailPoint.around(RevisionState.PERMANENT, RevisionState.SUPERSEDED));

    fleet.start();
    fleet.add(bad);
    fleet.await(EventType.REVISION_ROLLED_BACK, bad);
    assertThat(Events.payload(fleet.lastSpawned()).path("revision").asText())
        .isEqualTo(second.sha());
    assertStates(first, "superseded", second, "permanent");
    fleet.assertCount(EventType.REVISION_SUPERSEDED, first, 1);
    fleet.assertCount(EventType.REVISION_PERMANENT, second, 1);
    fleet.assertPromotions(first, 1);
    fleet.assertPromotions(second, 1);
    assertEnds(bad, "rolled_back", 0, tasks);
  }

  @Repeated
  void aBadBuildIsGoneThroughAllDeaths(int repeat) throws Exception {
    TrialBuild bad = TrialBuild.bad('b', "crashes-at-boot");
    Feeder tasks = feedAndAdd(bad);
    dieWhileItIsTakenBackFrom(RevisionState.CANARY);
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, bad);
    assertEnds(bad, "rolled_back", 0, tasks);
  }

  @Repeated
  void aBuildThatFailsItsCheckIsRejectedThroughAllDeaths(int repeat) throws Exception {
    TrialBuild bad = TrialBuild.bad('c', "fails-self-check");
    Feeder tasks = feedAndAdd(bad);
    dieOnTheWay(List.of(RevisionState.VERIFYING, RevisionState.REJECTED));
    fleet.start();
    fleet.await(EventType.REVISION_REJECTED, bad);
    assertIsRejected(bad, tasks);
  }

  @Repeated
  void aBuildWhoseJarIsGoneIsRejectedThroughAllDeaths(int repeat) throws Exception {
    TrialBuild lost = TrialBuild.good('f');
    Feeder tasks = feedAndAdd(lost);
    dieAt(FailPoint.after(RevisionState.VERIFYING, RevisionState.CANDIDATE));
    fleet.loseJarOf(lost);
    dieOnTheWay(List.of(RevisionState.CANDIDATE, RevisionState.REJECTED));
    fleet.start();
    fleet.await(EventType.REVISION_REJECTED, lost);
    assertIsRejected(lost, tasks);
  }

  @Repeated
  void aBuildThatAPersonTakesBackWhileItRollsIsGoneThroughAllDeaths(int repeat) throws Exception {
    assertIsTakenBackByAPerson(RevisionState.CANARY, RevisionState.ROLLING, 0);
  }

  @Repeated
  void aBuildThatAPersonTakesBackWhenItIsActiveIsGoneThroughAllDeaths(int repeat) throws Exception {
    assertIsTakenBackByAPerson(RevisionState.ROLLING, RevisionState.ACTIVE, 1);
  }

  @Repeated
  void aBuildThatCannotBeTakenBackWaitsForAPersonThroughAllDeaths(int repeat) throws Exception {
    TrialBuild base = TrialBuild.good('e');
    TrialBuild slow = TrialBuild.good('d').taking(1_000);
    FailPoint stuck = FailPoint.before(RevisionState.ROLLING_BACK, RevisionState.INCONSISTENT);
    makePermanent(base);
    Feeder tasks = feedAndAdd(slow);
    RunningProcess dying = fleet.startDyingAt(stuck);
    fleet.await(EventType.REVISION_CANARY, slow);
    fleet.loseJarOf(base);
    assertThat(fleet.revision("rollback", slow.sha()).exitCode()).isZero();
    assertDies(dying, stuck);
    dieAt(FailPoint.after(RevisionState.ROLLING_BACK, RevisionState.INCONSISTENT));

    assertThat(fleet.start().awaitEnd().exitCode()).as("no worker can be started").isEqualTo(69);
    assertThat(fleet.stateOf(slow)).isEqualTo("inconsistent");
    fleet.addAgain(base);
    assertThat(fleet.revision("rollback", slow.sha()).exitCode()).isZero();
    dieOnTheWay(List.of(RevisionState.INCONSISTENT, RevisionState.ROLLED_BACK));
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, slow);
    assertEnds(slow, "rolled_back", 0, tasks);
  }

  private void makePermanent(TrialBuild build) throws Exception {
    fleet.events();
    fleet.add(build);
    RunningProcess supervisor = fleet.start();
    fleet.await(EventType.REVISION_PERMANENT, build);
    supervisor.terminate();
    supervisor.awaitEnd();
  }

  /** Its supervisors may die before a worker is ready, so that no task need be held. */
  private void assertIsRejected(TrialBuild build, Feeder tasks) throws Exception {
    assertThat(fleet.stateOf(build)).isEqualTo("rejected");
    fleet.assertPromotions(build, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks.end());
  }

  private void assertIsTakenBackByAPerson(RevisionState before, RevisionState from, int promotions)
      throws Exception {
    TrialBuild good = TrialBuild.good('a');
    Feeder tasks = feedAndAdd(good);
    dieAt(FailPoint.after(before, from));
    assertThat(fleet.revision("rollback", good.sha()).exitCode()).isZero();
    dieWhileItIsTakenBackFrom(from);
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, good);
    assertEnds(good, "rolled_back", promotions, tasks);
  }

  private void assertStates(TrialBuild one, String state, TrialBuild other, String otherState)
      throws InterruptedException {
    assertThat(fleet.stateOf(one)).isEqualTo(state);
    assertThat(fleet.stateOf(other)).isEqualTo(otherState);
  }

  private void assertEnds(TrialBuild build, String state, int promotions, Feeder feeder)
      throws IOException, InterruptedException {
    assertThat(fleet.stateOf(build)).isEqualTo(state);
    fleet.assertPromotions(build, promotions);
    List<TaskId> tasks = feeder.end();
    fleet.assertEveryTaskIsDoneOnce(tasks);
    fleet.assertSomeoneDiedWhileTasksWereHeld(tasks);
  }

  private Feeder feedAndAdd(TrialBuild build) throws Exception {
    Feeder tasks = new Feeder(fleet);
    fed.add(tasks);
    fleet.add(build);
    return tasks;
  }

  private void dieWhileItIsTakenBackFrom(RevisionState from) throws Exception {
    dieOnTheWay(List.of(from, RevisionState.ROLLING_BACK, RevisionState.ROLLED_BACK));
  }

  /** Before and after each move from a state to the next. */
  private void dieOnTheWay(List<RevisionState> way) throws Exception {
    for (int i = 1; i < way.size(); i++) {
      for (FailPoint point : FailPoint.around(way.get(i - 1), way.get(i))) {
        dieAt(point);
      }
    }
  }

  private void dieAt(FailPoint point) throws Exception {
    assertDies(fleet.startDyingAt(point), point);
  }

  private static void assertDies(RunningProcess supervisor, FailPoint point) throws Exception {
    assertThat(supervisor.awaitEnd().exitCode()).as(point.toString()).isEqualTo(137);
    DEATHS.add(point);
  }

  private static Set<String> allCases() {
    return Stream.of(KillAtEveryTransitionIT.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Repeated.class))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }
}

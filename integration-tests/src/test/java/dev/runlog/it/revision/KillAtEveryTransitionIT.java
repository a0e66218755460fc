package dev.runlog.it.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.EventType;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.RunningProcess;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  @RegisterExtension final Fleet processes = new Fleet();

  private RevisionFleet fleet;

  @BeforeEach
  void prepare() throws Exception {
    fleet = new RevisionFleet(processes);
  }

  @Test
  void theWaysLeadThroughEveryMoveThatASupervisorMakesByItself() {
    Set<RevisionState> reached = new TreeSet<>(WAY_OF_A_GOOD_ONE);
    reached.addAll(END_OF_A_BAD_ONE);
    reached.add(RevisionState.REJECTED);
    Set<RevisionState> all = new TreeSet<>();
    Stream.of(RevisionState.values()).forEach(state -> all.addAll(state.next()));
    // Superseded is entered with the permanent one in one transaction; inconsistent needs a person.
    all.removeAll(Set.of(RevisionState.SUPERSEDED, RevisionState.INCONSISTENT));
    assertThat(reached).isEqualTo(all);
  }

  @Test
  void aGoodBuildArrivesThroughAllDeaths() throws Exception {
    TrialBuild good = TrialBuild.good('a');
    List<TaskId> tasks = dieOnTheWayOf(good, WAY_OF_A_GOOD_ONE);
    fleet.start();
    fleet.await(EventType.REVISION_PERMANENT, good);
    assertThat(fleet.stateOf(good)).isEqualTo("permanent");
    fleet.assertPromotions(good, 1);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  @Test
  void aBadBuildIsGoneThroughAllDeaths() throws Exception {
    TrialBuild bad = TrialBuild.bad('b', "crashes-at-boot");
    List<TaskId> tasks = dieOnTheWayOf(bad, END_OF_A_BAD_ONE);
    fleet.start();
    fleet.await(EventType.REVISION_ROLLED_BACK, bad);
    assertThat(fleet.stateOf(bad)).isEqualTo("rolled_back");
    fleet.assertPromotions(bad, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  @Test
  void aBuildThatFailsItsCheckIsRejectedThroughAllDeaths() throws Exception {
    TrialBuild bad = TrialBuild.bad('c', "fails-self-check");
    List<TaskId> tasks = dieOnTheWayOf(bad, List.of(RevisionState.REJECTED));
    fleet.start();
    fleet.await(EventType.REVISION_REJECTED, bad);
    fleet.assertPromotions(bad, 0);
    fleet.assertEveryTaskIsDoneOnce(tasks);
  }

  private List<TaskId> dieOnTheWayOf(TrialBuild build, List<RevisionState> moves) throws Exception {
    List<TaskId> tasks = fleet.submitTasks(100);
    fleet.events();
    fleet.add(build);
    for (RevisionState to : moves) {
      for (String when : List.of("before:", "after:")) {
        RunningProcess dying = fleet.startDyingAt(when + to.wireName());
        assertThat(dying.awaitEnd().exitCode()).as(when + to.wireName()).isEqualTo(137);
      }
    }
    return tasks;
  }
}

package dev.runlog.it.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.it.kit.Events;
import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import dev.runlog.it.kit.RunningProcess;
import dev.runlog.process.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of builds of every kind while tasks are done. */
@Timeout(180)
class RevisionIT {

  private static final TrialBuild GOOD = TrialBuild.good('a');

  @RegisterExtension final Fleet processes = new Fleet();

  private final List<Feeder> fed = new ArrayList<>();
  private RevisionFleet fleet;

  @BeforeEach
  void prepare() throws Exception {
    fleet = new RevisionFleet(processes);
  }

  @AfterEach
  void stopFeeding() {
    fed.forEach(Feeder::close);
  }

  @Repeated
  void aGoodBuildIsTriedPromotedAndStays(int repeat) throws Exception {
    Feeder tasks = begin();
    fleet.add(GOOD);
    fleet.await(EventType.REVISION_PERMANENT, GOOD);
    assertThat(fleet.stateOf(GOOD)).isEqualTo("permanent");
    assertHolds(tasks, GOOD, 1);
    assertThat(spawnedWith(GOOD)).isEqualTo(RevisionFleet.WORKERS);
  }

  @Repeated
  void aGoodBuildStaysInAFleetOfOneWorker(int repeat) throws Exception {
    fleet = new RevisionFleet(processes, 1);
    Feeder tasks = begin();
    fleet.add(GOOD);
    fleet.await(EventType.REVISION_PERMANENT, GOOD);
    assertThat(fleet.stateOf(GOOD)).isEqualTo("permanent");
    assertHolds(tasks, GOOD, 1);
    assertThat(spawnedWith(GOOD)).isOne();
  }

  @Repeated
  void aGoodBuildIsTriedByProbesWhileTheQueueIsEmpty(int repeat) throws Exception {
    processes.set("RUNLOG_CANARY_SECONDS", "4");
    fleet.events();
    fleet.start();
    fleet.add(GOOD);
    JsonNode rolling = Events.payload(fleet.await(EventType.REVISION_ROLLING, GOOD));
    assertThat(rolling.path("reason").asText()).startsWith("0 tasks and ");
    fleet.await(EventType.REVISION_PERMANENT, GOOD);
    assertHolds(List.of(), GOOD, 1);
  }

  @Repeated
  void aBuildThatFailsItsSelfCheckNeverHasATask(int repeat) throws Exception {
    TrialBuild bad = TrialBuild.bad('b', "fails-self-check");
    Feeder tasks = begin();
    fleet.add(bad);
    JsonNode rejected = Events.payload(fleet.await(EventType.REVISION_REJECTED, bad));
    assertThat(rejected.path("reason").asText()).startsWith("self-check: exit code 9");
    assertThat(fleet.stateOf(bad)).isEqualTo("rejected");
    assertHolds(tasks, bad, 0);
    assertThat(spawnedWith(bad)).isZero();
  }

  @Repeated
  void aBuildThatIgnoresSigtermIsRejectedThoughItSaysThatItPassed(int repeat) throws Exception {
    TrialBuild bad = TrialBuild.bad('c', "ignores-sigterm");
    Feeder tasks = begin();
    fleet.add(bad);
    JsonNode rejected = Events.payload(fleet.await(EventType.REVISION_REJECTED, bad));
    assertThat(rejected.path("reason").asText()).contains("still running 10 s after SIGTERM");
    assertThat(fleet.stateOf(bad)).isEqualTo("rejected");
    assertHolds(tasks, bad, 0);
  }

  /**
   * It passes its check and does a task, then nothing ends any more, nor does it when it is asked
   * to.
   */
  @Repeated
  void aBuildThatHangsAtWorkIsTakenBackAndKilled(int repeat) throws Exception {
    processes.set("RUNLOG_CANARY_SECONDS", "14");
    TrialBuild bad = TrialBuild.bad('9', "hangs-after-1");
    assertIsTakenBack(bad, "a task of kind trial took or has taken");
    assertThat(spawnedWith(bad)).isOne();
    assertThat(fleet.events().all(EventType.WORKER_EXITED))
        .filteredOn(event -> Events.payload(event).path("signal").asText().equals("SIGKILL"))
        .singleElement()
        .satisfies(event -> assertThat(Events.payload(event).path("released_task_ids")).hasSize(1));
  }

  @Repeated
  void aBuildThatCrashesAtBootIsTakenBack(int repeat) throws Exception {
    assertIsTakenBack(TrialBuild.bad('d', "crashes-at-boot"), "crashes");
  }

  @Repeated
  void aBuildThatCrashesAtBootIsTakenBackInAFleetOfOneWorker(int repeat) throws Exception {
    fleet = new RevisionFleet(processes, 1);
    assertIsTakenBack(TrialBuild.bad('d', "crashes-at-boot"), "crashes");
  }

  @Repeated
  void aBuildThatCrashesAfterThreeTasksIsTakenBackInAFleetWithASpare(int repeat) throws Exception {
    fleet = new RevisionFleet(processes, RevisionFleet.WORKERS, "--spares", "1");
    assertIsTakenBack(TrialBuild.bad('e', "crashes-after-3"), "crashes");
  }

  @Repeated
  void aBuildThatCrashesAfterThreeTasksIsTakenBack(int repeat) throws Exception {
    assertIsTakenBack(TrialBuild.bad('e', "crashes-after-3"), "crashes");
  }

  @Repeated
  void aBuildThatAnswersTenTimesSlowerIsTakenBack(int repeat) throws Exception {
    assertIsTakenBack(TrialBuild.good('f').taking(1_000), "p95 of");
  }

  @Repeated
  void aBuildThatIsPromotedWhileAnotherIsInFlightWaits(int repeat) throws Exception {
    // So slow that its trial outlasts the wishes.
    TrialBuild slow = TrialBuild.good('f').taking(1_000);
    Feeder tasks = begin();
    fleet.add(slow);
    fleet.await(EventType.REVISION_CANARY, slow);
    fleet.add(GOOD);
    Outcome refused = fleet.revision("promote", GOOD.sha());
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).singleElement().asString().contains("must wait");
    fleet.await(EventType.REVISION_ROLLED_BACK, slow);
    fleet.await(EventType.REVISION_PERMANENT, GOOD);
    fleet.assertPromotions(slow, 0);
    assertHolds(tasks, GOOD, 1);
  }

  /** As in a source tree, where the supervisor's own worker is what the build writes. */
  @Repeated
  void aBuildThatIsWrittenOverTheWorkerOfTheSupervisorIsTakenBackToWhatWasThere(int repeat)
      throws Exception {
    TrialBuild bad = TrialBuild.bad('b', "crashes-after-3");
    Feeder tasks = begin();
    fleet.awaitKeptBase();
    fleet.add(fleet.buildOverBase(bad));
    fleet.await(EventType.REVISION_ROLLED_BACK, bad);
    assertHolds(tasks, bad, 0);
    assertThat(Events.payload(fleet.lastSpawned()).path("revision").asText())
        .isEqualTo(RevisionFleet.BASE.sha());
  }

  /** As after {@code mvn clean}. */
  @Repeated
  void aFleetIsScaledAndStartedAgainWithoutTheWorkerThatCameWithTheSupervisor(int repeat)
      throws Exception {
    // Makes the database, which the supervisor may not have made before the build is added.
    fleet.events();
    RunningProcess supervisor = fleet.start();
    fleet.add(GOOD);
    fleet.await(EventType.REVISION_PERMANENT, GOOD);
    fleet.loseBase();
    Outcome scaled = processes.run(Program.CONSOLE, "scale", "worker", "4");
    assertThat(scaled.exitCode()).as(scaled.toString()).isZero();
    assertThat(awaitSpawn("W00004", 1).path("revision").asText()).isEqualTo(GOOD.sha());
    supervisor.terminate();
    assertThat(supervisor.awaitEnd().exitCode()).isEqualTo(ExitCode.SIGTERM);

    fleet.start();
    assertThat(awaitSpawn("W00003", 3).path("revision").asText()).isEqualTo(GOOD.sha());
  }

  private void assertIsTakenBack(TrialBuild bad, String why) throws Exception {
    Feeder tasks = begin();
    fleet.add(bad);
    fleet.await(EventType.REVISION_ROLLING_BACK, bad);
    JsonNode back = Events.payload(fleet.await(EventType.REVISION_ROLLED_BACK, bad));
    assertThat(back.path("reason").asText()).contains(why);
    assertThat(back.path("figures").path("window_ms").asLong()).isPositive();
    assertThat(fleet.stateOf(bad)).isEqualTo("rolled_back");
    assertHolds(tasks, bad, 0);
  }

  private Feeder begin() throws InterruptedException {
    Feeder tasks = new Feeder(fleet);
    fed.add(tasks);
    fleet.start();
    fleet.events().await(EventType.TASK_DONE, 4);
    return tasks;
  }

  private void assertHolds(Feeder tasks, TrialBuild build, int promotions)
      throws IOException, InterruptedException {
    assertHolds(tasks.end(), build, promotions);
  }

  private void assertHolds(List<TaskId> tasks, TrialBuild build, int promotions)
      throws IOException, InterruptedException {
    fleet.assertPromotions(build, promotions);
    fleet.assertEveryTaskIsDoneOnce(tasks);
    fleet.assertAllButOneStayedReady();
  }

  /** What its supervisor said when it started a worker for the so manieth time. */
  private JsonNode awaitSpawn(String worker, int times) throws InterruptedException {
    return Events.payload(
        fleet
            .events()
            .await(
                EventType.WORKER_SPAWNED,
                event -> Events.payload(event).path("worker_instance_id").asText().equals(worker),
                times)
            .get(times - 1));
  }

  private long spawnedWith(TrialBuild build) {
    return fleet.events().all(EventType.WORKER_SPAWNED).stream()
        .filter(event -> Events.payload(event).path("revision").asText().equals(build.sha()))
        .count();
  }
}

package dev.runlog.events.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.StoreContract;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.payload.TaskDone;
import dev.runlog.events.payload.TaskFailed;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.Probe;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

abstract class WorkQueryContract extends StoreContract {

  private static final String MAIN = "supervisor-main";

  @Test
  void addsUpWhatTheWorkersOfABuildDid() {
    Emitter supervisor = root(MAIN, "supervisor");
    Emitter fresh = spawn(supervisor, "W00001", Optional.of("aaaaaaa"));
    Emitter old = spawn(supervisor, "W00002", Optional.empty());
    call(fresh, 100, 20);
    call(fresh, 10, 5);
    log.append(fresh, new TaskDone(1, "chat", 1, 1, 250));
    log.append(fresh, failed());
    log.append(old, new TaskDone(2, "chat", 1, 1, 50));
    log.append(fresh, new TaskDone(3, Probe.kindFor("W00001"), 1, 1, 3));
    log.append(supervisor, crashed("W00001"));

    Work work = new WorkQuery(database).of(MAIN, Optional.of("aaaaaaa"), 0);
    assertThat(work.runs()).isEqualTo(1);
    assertThat(work.crashes()).isEqualTo(1);
    assertThat(work.failed()).isEqualTo(1);
    assertThat(work.samples()).hasSize(3);
    assertThat(work.durations()).containsExactly(250);
    assertThat(work.tokens()).containsExactly(135);
    assertThat(work.costs()).containsExactly(0.5);
    assertThat(work.figures().tasks()).isEqualTo(2);
    assertThat(work.figures().probes()).isEqualTo(1);
    assertThat(work.failedProbes()).isZero();
    assertThat(work.kinds()).containsExactly("chat");
    assertThat(work.ofKind("chat").samples()).hasSize(2);
    assertThat(work.ofKind("index").samples()).isEmpty();

    Work other = new WorkQuery(database).of(MAIN, Optional.empty(), 0);
    assertThat(other.durations()).containsExactly(50);
    assertThat(other.crashes()).isZero();
    assertThat(new WorkQuery(database).of(MAIN, Optional.of("aaaaaaa"), events.lastId()))
        .isEqualTo(new Work(0, 0, List.of()));
  }

  @Test
  void tellsForHowLongTasksAreHeldProbesApart() {
    Emitter supervisor = root(MAIN, "supervisor");
    Emitter fresh = spawn(supervisor, "W00001", Optional.of("aaaaaaa"));
    Emitter probed = spawn(supervisor, "W00002", Optional.of("aaaaaaa"));
    Emitter idle = spawn(supervisor, "W00003", Optional.of("aaaaaaa"));
    Emitter old = spawn(supervisor, "W00004", Optional.empty());
    TaskQueue queue = new TaskQueue(database, log, clock);
    String probe = Probe.kindFor("W00002");
    queue.submit(
        supervisor,
        List.of(
            TaskSpec.prompt("long"),
            TaskSpec.prompt("short"),
            TaskSpec.prompt("another"),
            TaskSpec.of(probe, Json.object())));
    queue.claimNext(fresh, List.of(TaskSpec.CHAT));
    queue.claimNext(probed, List.of(probe));
    Claim over = queue.claimNext(idle, List.of(TaskSpec.CHAT)).orElseThrow();
    now = NOW.plusMillis(90_000);
    queue.complete(idle, over, "{}");
    queue.claimNext(old, List.of(TaskSpec.CHAT));
    now = NOW.plusMillis(100_000);

    WorkQuery query = new WorkQuery(database, clock);
    assertThat(query.of(MAIN, Optional.of("aaaaaaa"), 0).held())
        .containsExactly(new HeldTask("chat", 100_000));
    assertThat(query.of(MAIN, Optional.empty(), 0).held())
        .containsExactly(new HeldTask("chat", 10_000));
    now = NOW.minusMillis(5_000);
    assertThat(query.of(MAIN, Optional.of("aaaaaaa"), 0).held())
        .containsExactly(new HeldTask("chat", 0));
  }

  /** A pid is given again sooner or later. */
  @Test
  void givesEachStartWhatHappenedBeforeTheNextOne() {
    Emitter supervisor = root(MAIN, "supervisor");
    Emitter first = spawn(supervisor, "W00001", Optional.of("aaaaaaa"));
    log.append(first, new TaskDone(1, "chat", 1, 1, 250));
    Emitter second = spawn(supervisor, "W00001", Optional.empty());
    log.append(second, new TaskDone(2, "chat", 1, 1, 50));
    log.append(supervisor, crashed("W00001"));
    long crash = events.lastId();
    spawn(supervisor, "W00001", Optional.of("aaaaaaa"));

    WorkQuery query = new WorkQuery(database);
    Work fresh = query.of(MAIN, Optional.of("aaaaaaa"), 0);
    assertThat(fresh.runs()).isEqualTo(2);
    assertThat(fresh.crashes()).isZero();
    assertThat(fresh.durations()).containsExactly(250);
    Work old = query.of(MAIN, Optional.empty(), 0);
    assertThat(old.crashes()).isEqualTo(1);
    assertThat(old.durations()).containsExactly(50);
    assertThat(query.of(MAIN, Optional.empty(), crash)).isEqualTo(new Work(0, 0, List.of()));
  }

  @Test
  void knowsTheBuildsOfWhichThereWereWorkers() {
    Emitter supervisor = root(MAIN, "supervisor");
    log.append(supervisor, spawned("W00001", Optional.of("aaaaaaa")));
    log.append(supervisor, spawned("W00001", Optional.of("aaaaaaa")));
    log.append(supervisor, spawned("W00002", Optional.of("aabbbbb")));
    log.append(supervisor, spawned("W00003", Optional.empty()));
    log.append(root("supervisor-other", "supervisor"), spawned("W00004", Optional.of("aaccccc")));
    assertThat(new WorkQuery(database).revisionsOf(MAIN))
        .containsExactlyInAnyOrder("aaaaaaa", "aabbbbb");
  }

  @Test
  void countsAStartThatNeverBecameARunAsACrash() {
    Emitter supervisor = root(MAIN, "supervisor");
    log.append(supervisor, spawned("W00001", Optional.of("aaaaaaa")));
    log.append(supervisor, crashed("W00001"));
    Work work = new WorkQuery(database).of(MAIN, Optional.of("aaaaaaa"), 0);
    assertThat(work).isEqualTo(new Work(1, 1, List.of()));
  }

  private Emitter spawn(Emitter supervisor, String name, Optional<String> revision) {
    log.append(supervisor, spawned(name, revision));
    return childOf(supervisor, name, "worker");
  }

  /** The pid that the contract gives to children. */
  private static WorkerSpawned spawned(String name, Optional<String> revision) {
    return new WorkerSpawned(name, 2, List.of("java"), revision, 0);
  }

  private static WorkerCrashed crashed(String name) {
    return new WorkerCrashed(
        name,
        Optional.empty(),
        2,
        9,
        Optional.empty(),
        1,
        List.of(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private static TaskFailed failed() {
    return new TaskFailed(
        2, "chat", 1, Optional.of(1L), Optional.of(10L), "no", false, Optional.empty());
  }

  private void call(Emitter by, long input, long output) {
    log.logEvent(
        by.runId().value(),
        null,
        by.instanceId(),
        by.role(),
        "llm_call.completed",
        Json.object()
            .put("model_name", "m")
            .put("latency_ms", 5)
            .put("input_tokens", input)
            .put("output_tokens", output)
            .put("cost_usd", 0.25));
  }
}

package dev.runlog.events.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.events.StoreContract;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventObject;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunTree;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.retention.RetentionRule.AtMostRows;
import dev.runlog.events.retention.RetentionRule.NewerThan;
import dev.runlog.events.stats.StatsQuery;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import dev.runlog.events.verify.Finding;
import dev.runlog.events.verify.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class PruningContract extends StoreContract {

  @TempDir private Path archives;

  private final List<Duration> rests = new ArrayList<>();
  private TaskQueue queue;
  private Pruning pruning;

  @BeforeEach
  void openQueue() {
    queue = new TaskQueue(database, log, clock);
    pruning = new Pruning(database, rests::add, () -> false);
  }

  @Test
  void removesWholeTreesThatEndedLongAgo() {
    Emitter old = endedTree("old", 3);
    daysLater(40);
    endedTree("young", 3);

    PruneReport report = prune(Optional.empty());

    assertThat(report).isEqualTo(new PruneReport(1, 2, 7, 0, 2, true, Optional.empty()));
    assertThat(roots()).containsExactly("young", "console");
    assertThat(events.ofSubtree(old.runId())).isEmpty();
    Event begun = theOne(EventType.EVENTS_PRUNING);
    assertThat(Json.readObject(begun.payload().orElseThrow()))
        .isEqualTo(
            Json.readObject(
                """
                {"rows": 7, "trees": 1, "tasks": 0, "archive": null, "archive_sha256": null}
                """));
    assertThat(Json.readObject(theOne(EventType.EVENTS_PRUNED).payload().orElseThrow()))
        .isEqualTo(
            Json.readObject(
                """
                {"started_event_id": %s, "rows": 7, "trees": 1, "tasks": 0, "archive": null,
                 "archive_sha256": null, "error": null}
                """
                    .formatted(begun.id())));
  }

  @Test
  void planChangesNothing() {
    endedTree("old", 3);
    daysLater(40);
    root("console", "console");
    List<Event> before = events.after(0, 1000);

    assertThat(pruning.plan(olderThan30Days()))
        .isEqualTo(new PruneReport(1, 2, 7, 0, 1, true, Optional.empty()));
    assertThat(events.after(0, 1000)).isEqualTo(before);
  }

  @Test
  void saysNothingWhenThereIsNothingToRemove() {
    endedTree("young", 3);

    assertThat(prune(Optional.of(archives.resolve("a.gz"))).rows()).isZero();
    assertThat(events.ofType(EventType.EVENTS_PRUNING)).isEmpty();
    assertThat(events.ofType(EventType.EVENTS_PRUNED)).isEmpty();
    assertThat(archives).isEmptyDirectory();
  }

  @Test
  void keepsTreesInWhichAnythingStillRuns() {
    Emitter ended = root("ended", "supervisor");
    Emitter running = childOf(ended, "running", "worker");
    log.append(ended, new ProcessStopped(0, "completed", 1));
    daysLater(40);

    assertThat(prune(Optional.empty()).trees()).isZero();
    assertThat(events.ofRun(running.runId())).hasSize(1);
  }

  @Test
  void keepsTheSubmitterOfATaskThatIsNotYetFinal() {
    Emitter waiting = root("waiting", "console");
    TaskId task = queue.submit(waiting, List.of(TaskSpec.prompt("hello"))).get(0).id();
    log.append(waiting, new ProcessStopped(0, "completed", 1));
    daysLater(40);

    assertThat(prune(Optional.empty()).trees()).isZero();

    queue.cancel(root("other", "console"), task);
    assertThat(prune(Optional.empty()).tasks()).isEqualTo(1);
    assertThat(new TaskQuery(database).find(task)).isEmpty();
  }

  @Test
  void removesFinishedTasksWithTheirSubmitterOnly() {
    Emitter old = root("old", "console");
    Emitter young = root("young", "console");
    Emitter worker = root("W00001", "worker");
    TaskId gone = queue.submit(old, List.of(TaskSpec.prompt("one"))).get(0).id();
    TaskId kept = queue.submit(young, List.of(TaskSpec.prompt("two"))).get(0).id();
    for (int i = 0; i < 2; i++) {
      Claim claim = queue.claimNext(worker, List.of(TaskSpec.CHAT)).orElseThrow();
      queue.complete(worker, claim, "{}");
    }
    log.append(old, new ProcessStopped(0, "completed", 1));
    daysLater(40);

    assertThat(prune(Optional.empty()).tasks()).isEqualTo(1);
    assertThat(new TaskQuery(database).find(gone)).isEmpty();
    assertThat(new TaskQuery(database).find(kept)).isPresent();
  }

  @Test
  void keepsTheOneWhoToldTheEndOfARunThatStays() {
    Emitter killed = root("killed", "supervisor");
    queue.submit(killed, List.of(TaskSpec.prompt("hello")));
    Emitter next = root("next", "supervisor");
    log.append(next, crashed(killed));
    log.append(next, new ProcessStopped(0, "completed", 1));
    daysLater(40);

    assertThat(prune(Optional.empty()).trees()).isZero();
  }

  @Test
  void removesTheOldestTreesUntilFewEnoughRowsAreLeft() {
    endedTree("first", 3);
    daysLater(1);
    endedTree("second", 3);
    Emitter pruner = root("console", "console");

    PruneReport report =
        pruning.prune(new AtMostRows(10), Optional.empty(), log.appenderFor(pruner));

    assertThat(report.trees()).isEqualTo(1);
    assertThat(roots()).containsExactly("second", "console");
  }

  @Test
  void goesInSmallTransactionsWithRests() {
    endedTree("large", 2500);
    for (int i = 0; i < 100; i++) {
      endedTree("small", 1);
    }
    daysLater(40);

    assertThat(prune(Optional.empty()).rows()).isEqualTo(2504 + 100 * 5);
    assertThat(rests).hasSizeBetween(4, 7);
  }

  @Test
  void removesALargeTreeInAnOrderThatTheNextRemovalFindsAgain() {
    Emitter large = endedTree("large", 2500);
    daysLater(40);
    Pruning cutOff =
        new Pruning(
            database,
            rest -> {
              throw new IllegalStateException("cut off");
            },
            () -> false);
    Emitter first = root("console", "console");

    assertThatThrownBy(
            () -> cutOff.prune(olderThan30Days(), Optional.empty(), log.appenderFor(first)))
        .hasMessage("cut off");
    assertThat(theOne(EventType.EVENTS_PRUNED).payload().orElseThrow())
        .contains("\"rows\":1000", "cut off");
    assertThat(new RunTree(database).of(large.runId()).orElseThrow().endedAt()).isPresent();

    assertThat(prune(Optional.empty()).rows()).isEqualTo(1504);
    assertThat(events.ofSubtree(large.runId())).isEmpty();
  }

  @Test
  void endsBetweenTwoTransactionsWhenItIsAskedTo() {
    Emitter large = endedTree("large", 2500);
    daysLater(40);
    Emitter first = root("console", "console");
    Pruning asked = new Pruning(database, rests::add, () -> !rests.isEmpty());

    PruneReport report = asked.prune(olderThan30Days(), Optional.empty(), log.appenderFor(first));

    assertThat(report).isEqualTo(new PruneReport(0, 0, 1000, 0, 2, false, Optional.empty()));
    assertThat(theOne(EventType.EVENTS_PRUNED).payload().orElseThrow())
        .contains("\"rows\":1000", "\"trees\":0", "it was asked to end");
    assertThat(new Verification(database).run()).allMatch(Finding::isOk);

    assertThat(prune(Optional.empty()).rows()).isEqualTo(1504);
    assertThat(events.ofSubtree(large.runId())).isEmpty();
  }

  @ParameterizedTest(name = "after transaction {0}")
  @ValueSource(ints = {1, 2, 3, 4})
  void leavesAHistoryThatFitsTogetherWhereverItIsKilled(int lastTransaction) {
    Emitter old = treeWithTasks(1100);
    daysLater(40);
    Pruning killed = new Pruning(database, killedAfter(lastTransaction), () -> false);
    Emitter first = root("console", "console");

    assertThatThrownBy(
            () -> killed.prune(olderThan30Days(), Optional.empty(), log.appenderFor(first)))
        .isInstanceOf(Killed.class);
    assertThat(new Verification(database).run())
        .allSatisfy(finding -> assertThat(finding.examples()).isEmpty());

    prune(Optional.empty());
    assertThat(events.ofSubtree(old.runId())).isEmpty();
    assertThat(new TaskQuery(database).newest(Set.of(TaskState.DONE), 10)).isEmpty();
  }

  @Test
  void takesTheRemovedCallsOffTheSums() {
    Emitter old = root("old", "worker");
    log.append(old, new UserEvent("llm_call.completed", Map.of("input_tokens", 5)));
    log.append(old, new ProcessStopped(0, "completed", 1));
    daysLater(40);

    prune(Optional.empty());

    assertThat(new StatsQuery(database).ofAll().total().calls()).isZero();
  }

  @Test
  void archivesEveryEventBeforeItGoes() throws IOException {
    Emitter old = endedTree("old", 1500);
    List<String> rows =
        events.ofSubtree(old.runId()).stream()
            .map(event -> Json.write(EventObject.of(event)))
            .toList();
    daysLater(40);
    Path file = archives.resolve("old.jsonl.gz");

    PruneReport report = prune(Optional.of(file));

    assertThat(report.archive()).contains(file);
    assertThat(linesOf(file)).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(archives.toFile().list()).containsExactly("old.jsonl.gz");
    assertThat(theOne(EventType.EVENTS_PRUNED).payload().orElseThrow())
        .contains("\"archive\":\"" + file + "\"", "\"archive_sha256\":\"");
  }

  @Test
  void removesNothingWhenTheArchiveCannotBeWritten() throws IOException {
    endedTree("old", 3);
    daysLater(40);
    long before = events.lastId();
    Path there = Files.writeString(archives.resolve("there.gz"), "precious");

    assertThatThrownBy(() -> prune(Optional.of(there)))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("archive " + there + ": the file exists; nothing was removed; name a new file");
    assertThatThrownBy(() -> prune(Optional.of(archives.resolve("no/such/dir.gz"))))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("nothing was removed; is there a directory with enough space");

    assertThat(Files.readString(there)).isEqualTo("precious");
    assertThat(events.after(0, 1000)).hasSize((int) before + 2);
  }

  /** Not caught by anybody on its way, as a SIGKILL is not. */
  private static final class Killed extends Error {}

  private static Consumer<Duration> killedAfter(int lastTransaction) {
    AtomicInteger transactions = new AtomicInteger();
    return rest -> {
      if (transactions.incrementAndGet() == lastTransaction) {
        throw new Killed();
      }
    };
  }

  /**
   * A supervisor that saw so many workers end, and a worker whose first thousand events end between
   * a claim and its end.
   */
  private Emitter treeWithTasks(int ends) {
    Emitter supervisor = root("old", "supervisor");
    Emitter worker = childOf(supervisor, "W00001", "worker");
    queue.submit(supervisor, Collections.nCopies(30, TaskSpec.prompt("one")));
    appendTogether(worker, 955, new UserEvent("work.done", Map.of()));
    for (int i = 0; i < 30; i++) {
      Claim claim = queue.claimNext(worker, List.of(TaskSpec.CHAT)).orElseThrow();
      queue.complete(worker, claim, "{}");
    }
    log.append(worker, new ProcessStopped(0, "completed", 1));
    appendTogether(supervisor, ends, crashed(worker));
    log.append(supervisor, new ProcessStopped(0, "completed", 1));
    return supervisor;
  }

  private void appendTogether(Emitter emitter, int count, EventPayload payload) {
    database.write(
        transaction -> {
          for (int i = 0; i < count; i++) {
            log.append(transaction, emitter, payload);
          }
          return count;
        });
  }

  private PruneReport prune(Optional<Path> archive) {
    Emitter pruner = root("console", "console");
    return pruning.prune(olderThan30Days(), archive, log.appenderFor(pruner));
  }

  private RetentionRule olderThan30Days() {
    return new NewerThan(now.minus(Duration.ofDays(30)));
  }

  private void daysLater(int days) {
    now = now.plus(Duration.ofDays(days));
  }

  /** A supervisor and a worker, both ended, with some more events: two each and these. */
  private Emitter endedTree(String name, int more) {
    Emitter supervisor = root(name, "supervisor");
    Emitter worker = childOf(supervisor, name + "-worker", "worker");
    database.write(
        transaction -> {
          for (int i = 0; i < more; i++) {
            log.append(transaction, worker, new UserEvent("work.done", Map.of("number", i)));
          }
          return more;
        });
    log.append(worker, new ProcessStopped(0, "completed", 1));
    log.append(supervisor, new ProcessStopped(0, "completed", 1));
    return supervisor;
  }

  private List<String> roots() {
    return new RunTree(database).roots().stream().map(run -> run.emitter().instanceId()).toList();
  }

  private Event theOne(EventType type) {
    List<Event> all = events.ofType(type);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static WorkerCrashed crashed(Emitter run) {
    return new WorkerCrashed(
        run.instanceId(),
        Optional.of(run.runId().value()),
        1,
        -1,
        Optional.empty(),
        1,
        List.of(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private static List<String> linesOf(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}

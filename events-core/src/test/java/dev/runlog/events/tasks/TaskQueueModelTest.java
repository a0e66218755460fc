package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ProcessStarted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random sequences of what people, workers and supervisors do to the queue, beside a model that
 * only knows who holds what: a task has one owner at most, is done once at most, each claim has
 * exactly one end, and no late result is taken.
 */
class TaskQueueModelTest {

  private static final int RUNS = 3;

  enum Deed {
    SUBMIT,
    CLAIM,
    COMPLETE,
    COMPLETE_AND_CLAIM,
    FAIL_AND_RETRY,
    FAIL_FOR_GOOD,
    RELEASE,
    CRASH,
    CANCEL,
    COMPLETE_LATE
  }

  /**
   * One step.
   *
   * @param who which of the runs
   * @param which which of the tasks or claims that it may concern, counted round
   */
  record Step(Deed deed, int who, int which) {}

  private static final Path DIRECTORY = newDirectory();
  private static final Database DATABASE = SqliteStore.open(DIRECTORY);
  private static int sequences;

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("runlog-model");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void close() throws IOException {
    DATABASE.close();
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property
  void keepsItsPromisesWhateverHappens(@ForAll("steps") List<Step> steps) {
    Model model = new Model(DATABASE, "model-" + ++sequences);
    steps.forEach(model::apply);
    model.check();
    model.forgetTasks();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequency(
            Tuple.of(20, Deed.SUBMIT),
            Tuple.of(30, Deed.CLAIM),
            Tuple.of(8, Deed.COMPLETE),
            Tuple.of(8, Deed.COMPLETE_AND_CLAIM),
            Tuple.of(8, Deed.FAIL_AND_RETRY),
            Tuple.of(3, Deed.FAIL_FOR_GOOD),
            Tuple.of(4, Deed.RELEASE),
            Tuple.of(8, Deed.CRASH),
            Tuple.of(5, Deed.CANCEL),
            Tuple.of(7, Deed.COMPLETE_LATE));
    return Combinators.combine(
            deeds,
            Arbitraries.integers().between(0, RUNS - 1),
            Arbitraries.integers().between(0, 99))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }

  /** One sequence, on tasks of a kind of its own. */
  private static final class Model {

    private final Database database;
    private final EventQuery events;
    private final TaskQueue queue;
    private final TaskQuery tasks;
    private final String kind;
    private final Emitter self;
    private final List<Emitter> runs;
    private final List<TaskId> known = new ArrayList<>();
    private final Map<TaskId, Claim> held = new HashMap<>();
    private final Map<TaskId, Emitter> owners = new HashMap<>();
    private final List<Claim> over = new ArrayList<>();
    private final Map<TaskId, Integer> claims = new HashMap<>();
    private final Map<TaskId, Integer> cancelledWhileHeld = new HashMap<>();

    Model(Database database, String kind) {
      EventLog log = new EventLog(database, InstantSource.system());
      this.database = database;
      this.events = new EventQuery(database);
      this.queue = new TaskQueue(database, log, InstantSource.system());
      this.tasks = new TaskQuery(database);
      this.kind = kind;
      this.self = start(log, kind);
      this.runs = IntStream.range(0, RUNS).mapToObj(i -> start(log, kind + "-" + i)).toList();
    }

    private static Emitter start(EventLog log, String instance) {
      return log.start(Optional.empty(), instance, "model", new ProcessStarted("1", 1, "", "", 0));
    }

    void apply(Step step) {
      Emitter run = runs.get(step.who());
      int which = step.which();
      switch (step.deed()) {
        case SUBMIT -> submit(which % 3);
        case CLAIM -> claim(run);
        case COMPLETE -> end(which, claim -> queue.complete(owner(claim), claim, "{}"));
        case COMPLETE_AND_CLAIM -> completeAndClaim(which);
        case FAIL_AND_RETRY ->
            end(
                which,
                claim -> queue.fail(owner(claim), claim, "again", Optional.of(Instant.EPOCH)));
        case FAIL_FOR_GOOD ->
            end(which, claim -> queue.fail(owner(claim), claim, "for good", Optional.empty()));
        case RELEASE ->
            end(which, claim -> queue.release(owner(claim), claim, ReleaseCause.SHUTDOWN));
        case CRASH -> crash(run);
        case CANCEL -> cancel(which);
        case COMPLETE_LATE -> completeLate(run, which);
      }
    }

    private void submit(int priority) {
      TaskSpec spec = new TaskSpec(kind, "{}", priority, Optional.empty(), Optional.empty(), 5);
      queue.submit(self, List.of(spec)).forEach(given -> known.add(given.id()));
    }

    private void claim(Emitter run) {
      queue.claimNext(run, List.of(kind)).ifPresent(claim -> hold(run, claim));
    }

    private void hold(Emitter run, Claim claim) {
      TaskId task = claim.task().id();
      assertThat(held).as("owners").doesNotContainKey(task);
      held.put(task, claim);
      owners.put(task, run);
      claims.merge(task, 1, Integer::sum);
    }

    private void completeAndClaim(int which) {
      oneHeld(which)
          .ifPresent(
              claim -> {
                Emitter run = owner(claim);
                Optional<Claim> next =
                    queue.completeAndClaimNext(run, claim, "{}", () -> List.of(kind));
                letGo(claim);
                next.ifPresent(taken -> hold(run, taken));
              });
    }

    private void end(int which, Consumer<Claim> how) {
      oneHeld(which)
          .ifPresent(
              claim -> {
                how.accept(claim);
                letGo(claim);
              });
    }

    private Optional<Claim> oneHeld(int which) {
      List<Claim> open =
          held.values().stream()
              .sorted(Comparator.comparing((Claim claim) -> claim.event().value()))
              .toList();
      return oneOf(open, which);
    }

    private void letGo(Claim claim) {
      held.remove(claim.task().id());
      owners.remove(claim.task().id());
      over.add(claim);
    }

    private void crash(Emitter run) {
      database.write(
          transaction -> queue.releaseHeldBy(transaction, self, run.runId(), ReleaseCause.CRASH));
      List.copyOf(held.values()).stream()
          .filter(claim -> owner(claim).equals(run))
          .forEach(this::letGo);
    }

    private void cancel(int which) {
      List<TaskId> open =
          known.stream().filter(id -> !tasks.find(id).orElseThrow().state().isFinal()).toList();
      oneOf(open, which).ifPresent(this::cancel);
    }

    private void cancel(TaskId task) {
      boolean isHeld = queue.cancel(self, task) == TaskState.CLAIMED;
      Optional<Claim> holding = Optional.ofNullable(held.get(task));
      assertThat(holding.isPresent()).as("held: " + task).isEqualTo(isHeld);
      if (isHeld) {
        Claim claim = holding.orElseThrow();
        queue.cancelHeld(owner(claim), claim);
        cancelledWhileHeld.merge(task, 1, Integer::sum);
        letGo(claim);
      }
    }

    private void completeLate(Emitter run, int which) {
      oneOf(over, which)
          .ifPresent(
              late ->
                  assertThatExceptionOfType(StaleClaimException.class)
                      .isThrownBy(() -> queue.complete(run, late, "{}")));
    }

    void check() {
      Map<Told, Long> told =
          events.after(self.runId().value(), Integer.MAX_VALUE).stream()
              .filter(event -> event.eventType().startsWith("task."))
              .map(event -> new Told(event.eventType(), taskOf(event)))
              .collect(groupingBy(identity(), counting()));
      for (TaskId task : known) {
        long done = count(told, EventType.TASK_DONE, task);
        long ends =
            done
                + count(told, EventType.TASK_FAILED, task)
                + count(told, EventType.TASK_RELEASED, task)
                + cancelledWhileHeld.getOrDefault(task, 0);
        long open = held.containsKey(task) ? 1 : 0;
        assertThat(done).as("done: " + task).isLessThanOrEqualTo(1);
        assertThat(count(told, EventType.TASK_CLAIMED, task))
            .as("claims of " + task)
            .isEqualTo(ends + open)
            .isEqualTo(claims.getOrDefault(task, 0).longValue());
      }
    }

    /** Else each sequence would look through what all before it left. */
    void forgetTasks() {
      database.write(transaction -> transaction.sql().deleteFrom(TASKS).execute());
    }

    private record Told(String eventType, long taskId) {}

    private static long count(Map<Told, Long> told, EventType type, TaskId task) {
      return told.getOrDefault(new Told(type.wireName(), task.value()), 0L);
    }

    private static long taskOf(Event event) {
      return Json.readObject(event.payload().orElseThrow()).path("task_id").asLong();
    }

    private Emitter owner(Claim claim) {
      return Optional.ofNullable(owners.get(claim.task().id())).orElseThrow();
    }

    private static <T> Optional<T> oneOf(List<T> of, int which) {
      return of.isEmpty() ? Optional.empty() : Optional.of(of.get(which % of.size()));
    }
  }
}

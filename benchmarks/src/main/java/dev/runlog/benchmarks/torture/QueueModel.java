package dev.runlog.benchmarks.torture;

import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.StaleClaimException;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.events.tasks.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Random sequences of what people, workers and supervisors do to the queue, beside a model that
 * only knows who holds what: a task has one owner at most, is done once at most, and each claim has
 * exactly one end. A sequence that breaks one is told by its seed.
 */
final class QueueModel implements Torture {

  private static final int STEPS = 60;
  private static final int RUNS = 3;

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    int sequences = isShort ? 100 : 5_000;
    try (Chamber chamber = Chamber.open(Duration.ZERO)) {
      long steps = 0;
      for (int seed = 1; seed <= sequences; seed++) {
        steps += new Sequence(chamber, seed).play();
      }
      report.say(
          "%d random sequences, %d steps: one owner a task, done once at most, one end a claim",
          sequences, steps);
    }
  }

  /** One sequence, on tasks of a kind of its own. */
  private static final class Sequence {

    private final Random chance;
    private final int seed;
    private final String kind;
    private final TaskQueue queue;
    private final Database database;
    private final Chamber chamber;
    private final List<Emitter> runs = new ArrayList<>();
    private final List<TaskId> known = new ArrayList<>();
    private final Map<Long, Claim> held = new HashMap<>();
    private final Map<Long, Emitter> owners = new HashMap<>();
    private final List<Claim> over = new ArrayList<>();
    private final Map<Long, Integer> claims = new HashMap<>();
    private final Map<Long, Integer> cancelledWhileHeld = new HashMap<>();

    Sequence(Chamber chamber, int seed) {
      this.chamber = chamber;
      this.seed = seed;
      this.chance = new Random(seed);
      this.kind = "model-" + seed;
      this.queue = chamber.queue();
      this.database = chamber.database();
      for (int i = 0; i < RUNS; i++) {
        runs.add(chamber.newRun("model-" + seed + "-" + i));
      }
    }

    int play() {
      long before = chamber.events().lastId();
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      check(chamber.events().after(before, Integer.MAX_VALUE));
      return STEPS;
    }

    private void step() {
      int dice = chance.nextInt(100);
      if (dice < 20) {
        submit();
      } else if (dice < 50) {
        claim();
      } else if (dice < 58) {
        end(claim -> queue.complete(owner(claim), claim, "{}"));
      } else if (dice < 65) {
        completeAndClaim();
      } else if (dice < 73) {
        end(claim -> queue.fail(owner(claim), claim, "again", Optional.of(Instant.EPOCH)));
      } else if (dice < 76) {
        end(claim -> queue.fail(owner(claim), claim, "for good", Optional.empty()));
      } else if (dice < 80) {
        end(claim -> queue.release(owner(claim), claim, ReleaseCause.SHUTDOWN));
      } else if (dice < 88) {
        crash(any(runs));
      } else if (dice < 93) {
        cancel();
      } else {
        completeLate();
      }
    }

    private void submit() {
      TaskSpec spec =
          new TaskSpec(kind, "{}", chance.nextInt(3), Optional.empty(), Optional.empty(), 5);
      queue.submit(chamber.self(), List.of(spec)).forEach(given -> known.add(given.id()));
    }

    private void claim() {
      Emitter run = any(runs);
      queue.claimNext(run, List.of(kind)).ifPresent(claim -> hold(run, claim));
    }

    private void hold(Emitter run, Claim claim) {
      long task = claim.task().id().value();
      unless(!held.containsKey(task), "task " + task + " has two owners");
      held.put(task, claim);
      owners.put(task, run);
      claims.merge(task, 1, Integer::sum);
    }

    private void completeAndClaim() {
      if (held.isEmpty()) {
        return;
      }
      Claim claim = any(List.copyOf(held.values()));
      Emitter run = owner(claim);
      Optional<Claim> next = queue.completeAndClaimNext(run, claim, "{}", () -> List.of(kind));
      letGo(claim);
      next.ifPresent(taken -> hold(run, taken));
    }

    private void end(Consumer<Claim> how) {
      if (!held.isEmpty()) {
        Claim claim = any(List.copyOf(held.values()));
        how.accept(claim);
        letGo(claim);
      }
    }

    private void letGo(Claim claim) {
      held.remove(claim.task().id().value());
      owners.remove(claim.task().id().value());
      over.add(claim);
    }

    private void crash(Emitter run) {
      database.write(
          transaction ->
              queue.releaseHeldBy(transaction, chamber.self(), run.runId(), ReleaseCause.CRASH));
      List.copyOf(held.values()).stream()
          .filter(claim -> owner(claim).equals(run))
          .forEach(this::letGo);
    }

    private void cancel() {
      List<TaskId> open =
          known.stream()
              .filter(id -> !chamber.tasks().find(id).orElseThrow().state().isFinal())
              .toList();
      if (open.isEmpty()) {
        return;
      }
      TaskId task = any(open);
      boolean isHeld = queue.cancel(chamber.self(), task) == TaskState.CLAIMED;
      Claim claim = held.get(task.value());
      unless(isHeld == (claim != null), "task " + task + " is held by nobody, or by somebody else");
      if (claim != null) {
        queue.cancelHeld(owner(claim), claim);
        cancelledWhileHeld.merge(task.value(), 1, Integer::sum);
        letGo(claim);
      }
    }

    private void completeLate() {
      if (over.isEmpty()) {
        return;
      }
      Claim late = any(over);
      try {
        queue.completeAndClaimNext(any(runs), late, "{}", () -> List.of(kind));
        throw new BrokenPromise("seed " + seed + ": a late result of " + late + " was taken");
      } catch (StaleClaimException expected) {
        // As it must be: the claim is over.
        unless(late.task().id().value() > 0, String.valueOf(expected.getMessage()));
      }
    }

    private void check(List<Event> told) {
      for (TaskId task : known) {
        long done = count(told, EventType.TASK_DONE, task);
        long claimed = count(told, EventType.TASK_CLAIMED, task);
        long ends =
            done
                + count(told, EventType.TASK_FAILED, task)
                + count(told, EventType.TASK_RELEASED, task)
                + cancelledWhileHeld.getOrDefault(task.value(), 0);
        long open = held.containsKey(task.value()) ? 1 : 0;
        unless(done <= 1, "task " + task + " was done " + done + " times");
        unless(
            claimed == ends + open && claimed == claims.getOrDefault(task.value(), 0),
            "task %s: %d claims, %d ends, %d open".formatted(task, claimed, ends, open));
      }
    }

    private static long count(List<Event> events, EventType type, TaskId task) {
      return events.stream()
          .filter(event -> event.is(type))
          .filter(
              event ->
                  Json.readObject(event.payload().orElseThrow()).path("task_id").asLong()
                      == task.value())
          .count();
    }

    private Emitter owner(Claim claim) {
      Emitter owner = owners.get(claim.task().id().value());
      if (owner == null) {
        throw new BrokenPromise("seed " + seed + ": nobody holds " + claim);
      }
      return owner;
    }

    private <T> T any(List<T> of) {
      return of.get(chance.nextInt(of.size()));
    }

    private void unless(boolean holds, String message) {
      BrokenPromise.unless(holds, "seed %d: %s", seed, message);
    }
  }
}

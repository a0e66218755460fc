package dev.runlog.benchmarks.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** SIGKILL of random workers while they work. */
final class KilledWorkers implements Torture {

  private static final Duration LONGEST = Duration.ofHours(2);
  private static final Duration LONGEST_RELEASE = Duration.ofSeconds(1);

  /** The short form runs on machines that build at the same time: there, no time is promised. */
  private static final int KILLS_THAT_PROMISE_A_TIME = 100;

  private final Random chance = new Random(20261122);

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    int workers = isShort ? 3 : 8;
    run(workers, isShort ? 400 : 20_000, isShort ? 6 : 500, report);
  }

  void run(int workers, int tasks, int kills, Report report) throws Exception {
    try (Chamber chamber = Chamber.open(Duration.ofMillis(20))) {
      DoneTasks done = new DoneTasks(chamber.feed());
      List<TaskId> ids = chamber.submit(tasks);
      chamber.supervisor("--workers", Integer.toString(workers));
      Map<Long, Instant> exitedAt = killWhileTheyWork(chamber, done, ids.size(), kills);
      Deadline.await("all tasks done", LONGEST, () -> restartGivenUp(chamber) && isDone(chamber));

      chamber.requireEachTaskDoneOnce(ids, 0);
      List<Duration> releases = requireEachKillTold(chamber, exitedAt);
      report.say(
          "%d workers, %d tasks, %d SIGKILL: each task done once, claimed %d = done + failed + released",
          workers, tasks, exitedAt.size(), chamber.count(EventType.TASK_CLAIMED));
      report.say(
          "released after the exit: median %d ms, 99th percentile %d ms; given up and restarted %d times",
          at(releases, 0.5).toMillis(),
          at(releases, 0.99).toMillis(),
          chamber.count(EventType.WORKER_GAVE_UP));
    }
  }

  private final Set<Long> restarted = new HashSet<>();

  /** A supervisor gives up on what crashes five times in two minutes; here that is no fault. */
  private boolean restartGivenUp(Chamber chamber) {
    for (Event gaveUp : chamber.events().ofType(EventType.WORKER_GAVE_UP)) {
      if (restarted.add(gaveUp.id().value())) {
        chamber.askToRestart(payload(gaveUp).path("worker_instance_id").asText());
      }
    }
    return true;
  }

  private static boolean isDone(Chamber chamber) {
    return chamber.tasks().isDrained();
  }

  /** Spreads the kills over the work; returns when each pid had exited. */
  private Map<Long, Instant> killWhileTheyWork(
      Chamber chamber, DoneTasks done, int tasks, int kills)
      throws InterruptedException, IOException {
    Map<Long, Instant> exitedAt = new LinkedHashMap<>();
    while (exitedAt.size() < kills) {
      long next = (long) tasks * (exitedAt.size() + 1) / (kills + 2);
      Deadline.await(
          next + " tasks done", LONGEST, () -> restartGivenUp(chamber) && done.count() >= next);
      ProcessHandle victim = awaitVictim(chamber, exitedAt.keySet());
      exitedAt.put(victim.pid(), Killing.of(victim));
    }
    return exitedAt;
  }

  private ProcessHandle awaitVictim(Chamber chamber, Set<Long> killed) throws InterruptedException {
    List<ProcessHandle> victims = new ArrayList<>();
    Deadline.await(
        "a worker to kill",
        LONGEST,
        () -> {
          restartGivenUp(chamber);
          victim(chamber, killed).ifPresent(victims::add);
          return !victims.isEmpty();
        });
    return victims.get(0);
  }

  private Optional<ProcessHandle> victim(Chamber chamber, Set<Long> killed) {
    List<ProcessHandle> alive =
        chamber.living("worker").stream()
            .flatMap(start -> Chamber.process(start).stream())
            .filter(process -> !killed.contains(process.pid()))
            .toList();
    return alive.isEmpty()
        ? Optional.empty()
        : Optional.of(alive.get(chance.nextInt(alive.size())));
  }

  /** Returns how long after each exit the tasks were back in the queue, in ascending order. */
  private static List<Duration> requireEachKillTold(Chamber chamber, Map<Long, Instant> exitedAt) {
    List<Duration> releases = new ArrayList<>();
    Set<Long> told = new HashSet<>();
    for (Event crashed : chamber.events().ofType(EventType.WORKER_CRASHED)) {
      long pid = payload(crashed).path("pid").asLong();
      Instant exited = exitedAt.get(pid);
      BrokenPromise.unless(exited != null, "pid %d crashed, but nobody killed it", pid);
      told.add(pid);
      releases.add(Duration.between(exited, crashed.timestamp()));
    }
    BrokenPromise.unless(
        told.equals(exitedAt.keySet()),
        "%d kills, but %d worker.crashed",
        exitedAt.size(),
        told.size());
    releases.sort(Duration::compareTo);
    BrokenPromise.unless(
        releases.size() < KILLS_THAT_PROMISE_A_TIME
            || at(releases, 0.99).compareTo(LONGEST_RELEASE) <= 0,
        "released %d ms after the exit at the 99th percentile",
        at(releases, 0.99).toMillis());
    return releases;
  }

  private static Duration at(List<Duration> sorted, double place) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(place * sorted.size())));
  }

  private static JsonNode payload(Event event) {
    return Json.readObject(event.payload().orElseThrow());
  }
}

package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Steady work for a long time, while one worker is killed again and again: the supervisor and the
 * workers that live take no more memory and no more descriptors at the end than after a quarter of
 * it, and no zombie is left.
 */
final class Soak implements Torture {

  private static final int WORKERS = 3;
  private static final int QUEUED = 100;

  /** Less often than what its supervisor takes for a crash loop. */
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(40);

  private static final double MOST_GROWTH = 1.1;

  /** A JVM has not compiled all its code after a minute. */
  private static final double MOST_GROWTH_IN_A_MINUTE = 1.5;

  /** Descriptors come and go with connections to the model and with files that are read. */
  private static final int MOST_MORE_DESCRIPTORS = 4;

  private final List<TaskId> ids = new ArrayList<>();
  private final Map<Long, List<Footprint>> footprints = new LinkedHashMap<>();
  private final Map<Long, String> names = new LinkedHashMap<>();

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    Duration length = isShort ? Duration.ofMinutes(1) : Duration.ofHours(1);
    Duration betweenLooks = isShort ? Duration.ofSeconds(5) : Duration.ofSeconds(30);
    try (Chamber chamber = Chamber.open(Duration.ofMillis(200))) {
      Process supervisor = chamber.supervisor("--workers", Integer.toString(WORKERS));
      Deadline.await(
          "all workers", Duration.ofSeconds(90), () -> chamber.living("worker").size() == WORKERS);
      watch(supervisor, chamber);
      long start = System.nanoTime();
      long killed = start;
      while (System.nanoTime() - start < length.toNanos()) {
        topUp(chamber);
        if (System.nanoTime() - killed >= BETWEEN_KILLS.toNanos()) {
          killVictim(chamber);
          killed = System.nanoTime();
        }
        BrokenPromise.unless(
            !supervisor.waitFor(betweenLooks.toMillis(), TimeUnit.MILLISECONDS),
            "the supervisor ended");
        look();
        requireNoZombies(supervisor);
      }
      Deadline.await("all tasks done", Duration.ofMinutes(5), () -> chamber.tasks().isDrained());
      chamber.requireEachTaskDoneOnce(ids, 0);
      report.say(
          "%d min, %d tasks, each done once; %d SIGKILL of a worker, no zombie",
          length.toMinutes(), ids.size(), chamber.count(EventType.WORKER_CRASHED));
      requireFlat(isShort ? MOST_GROWTH_IN_A_MINUTE : MOST_GROWTH, report);
    }
  }

  /** All but the last worker, which is the victim. */
  private void watch(Process supervisor, Chamber chamber) {
    names.put(supervisor.pid(), "supervisor");
    inOrder(chamber).stream()
        .limit(WORKERS - 1)
        .forEach(
            worker ->
                names.put(
                    Chamber.process(worker).orElseThrow().pid(), worker.emitter().instanceId()));
  }

  private static List<Event> inOrder(Chamber chamber) {
    return chamber.living("worker").stream()
        .sorted(Comparator.comparing((Event start) -> start.emitter().instanceId()))
        .toList();
  }

  private static void killVictim(Chamber chamber) {
    List<Event> workers = inOrder(chamber);
    Optional.of(workers)
        .filter(all -> all.size() == WORKERS)
        .flatMap(all -> Chamber.process(all.get(WORKERS - 1)))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  private void topUp(Chamber chamber) {
    long queued = chamber.tasks().counts().of(TaskState.QUEUED);
    ids.addAll(chamber.submit((int) Math.max(0, QUEUED - queued)));
  }

  private void look() throws Exception {
    for (long pid : names.keySet()) {
      footprints.computeIfAbsent(pid, unseen -> new ArrayList<>()).add(Footprint.of(pid));
    }
  }

  /** Seen twice: between the end of a child and its reaping it is one for a moment. */
  private static void requireNoZombies(Process supervisor) throws InterruptedException {
    List<Long> seen = Footprint.zombiesOf(supervisor);
    if (!seen.isEmpty()) {
      Deadline.await(
          "zombies reaped: " + seen,
          Duration.ofSeconds(2),
          () -> Footprint.zombiesOf(supervisor).stream().noneMatch(seen::contains));
    }
  }

  private void requireFlat(double mostGrowth, Report report) {
    footprints.forEach(
        (pid, looks) -> {
          long memoryBefore = median(secondQuarter(looks), Footprint::residentKib);
          long memoryAfter = median(lastQuarter(looks), Footprint::residentKib);
          long descriptorsBefore = median(secondQuarter(looks), Footprint::descriptors);
          long descriptorsAfter = median(lastQuarter(looks), Footprint::descriptors);
          String figures =
              "%s: %d MiB then %d MiB, %d descriptors then %d"
                  .formatted(
                      names.get(pid),
                      memoryBefore / 1024,
                      memoryAfter / 1024,
                      descriptorsBefore,
                      descriptorsAfter);
          report.say("%s", figures);
          BrokenPromise.unless(
              memoryAfter <= memoryBefore * mostGrowth
                  && descriptorsAfter <= descriptorsBefore + MOST_MORE_DESCRIPTORS,
              "not flat: %s",
              figures);
        });
  }

  private static List<Footprint> secondQuarter(List<Footprint> looks) {
    return looks.subList(looks.size() / 4, looks.size() / 2);
  }

  private static List<Footprint> lastQuarter(List<Footprint> looks) {
    return looks.subList(looks.size() * 3 / 4, looks.size());
  }

  private static long median(List<Footprint> looks, ToLongFunction<Footprint> figure) {
    return looks.stream()
        .mapToLong(figure)
        .sorted()
        .skip(looks.size() / 2)
        .findFirst()
        .orElseThrow(() -> new BrokenPromise("too few looks"));
  }
}

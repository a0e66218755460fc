package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** SIGKILL of the supervisor, again and again, and a new one each time. */
final class KilledSupervisors implements Torture {

  private static final int TASKS_A_ROUND = 40;
  private static final Duration NO_ORPHAN = Duration.ofSeconds(5);
  private static final Duration GOES_ON = Duration.ofSeconds(10);

  /** The short form runs on machines that build at the same time: there, no time is promised. */
  private static final Duration ON_A_BUSY_MACHINE = Duration.ofSeconds(60);

  private static final Duration FIRST_START = Duration.ofSeconds(60);
  private static final Duration THE_REST = Duration.ofMinutes(30);

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    int rounds = isShort ? 2 : 100;
    int workers = isShort ? 2 : 4;
    long longestOrphanMillis = 0;
    long longestPauseMillis = 0;
    try (Chamber chamber = Chamber.open(Duration.ofMillis(50))) {
      List<TaskId> ids = chamber.submit(rounds * TASKS_A_ROUND);
      Process supervisor = chamber.supervisor("--workers", Integer.toString(workers));
      awaitProgress(chamber, FIRST_START);
      for (int round = 0; round < rounds; round++) {
        List<Event> orphans = chamber.living("worker");
        supervisor.destroyForcibly().waitFor();
        longestOrphanMillis =
            Math.max(
                longestOrphanMillis, awaitGone(orphans, isShort ? ON_A_BUSY_MACHINE : NO_ORPHAN));
        long started = System.nanoTime();
        supervisor = chamber.supervisor("--workers", Integer.toString(workers));
        awaitProgress(chamber, isShort ? ON_A_BUSY_MACHINE : GOES_ON);
        longestPauseMillis = Math.max(longestPauseMillis, millisSince(started));
        requireNoTwins(chamber);
      }
      Deadline.await("all tasks done", THE_REST, () -> chamber.tasks().isDrained());
      chamber.requireEachTaskDoneOnce(ids, 0);
      report.say(
          "%d SIGKILL of the supervisor, %d workers, %d tasks: none lost, none done twice, no twin",
          rounds, workers, ids.size());
      report.say(
          "last orphan gone after at most %d ms, first task of a new supervisor done after at most %d ms",
          longestOrphanMillis, longestPauseMillis);
    }
  }

  private static void awaitProgress(Chamber chamber, Duration longest) throws InterruptedException {
    int before = chamber.count(EventType.TASK_DONE);
    Deadline.await("a task done", longest, () -> chamber.count(EventType.TASK_DONE) > before);
  }

  private static long awaitGone(List<Event> workers, Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    Deadline.await(
        "no orphan",
        longest,
        () -> workers.stream().allMatch(worker -> Chamber.process(worker).isEmpty()));
    return millisSince(start);
  }

  private static void requireNoTwins(Chamber chamber) {
    chamber.living("worker").stream()
        .collect(Collectors.groupingBy(start -> start.emitter().instanceId()))
        .forEach(
            (instance, runs) ->
                BrokenPromise.unless(
                    runs.size() == 1, "%s is %d processes at once", instance, runs.size()));
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}

package dev.runlog.benchmarks.torture;

import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A wall clock that is set an hour forward and back while tasks are held. */
final class MovedClock implements Torture {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int WORKERS = 2;

  /** A fleet that hangs would do so until its clock is where it was before. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    List<Duration> moves =
        isShort
            ? List.of(HOUR, HOUR.negated())
            : List.of(HOUR, Duration.ZERO, HOUR.negated(), HOUR, HOUR.negated());
    int tasks = isShort ? 4 : 30;
    try (Scratch scratch = Scratch.temporary()) {
      FakeClock clock = FakeClock.in(scratch.directory());
      try (Chamber chamber = Chamber.open(Duration.ofSeconds(4), clock.env())) {
        EventFeed feed = chamber.feed();
        chamber.supervisor("--workers", Integer.toString(WORKERS));
        Deadline.await("two workers", LONGEST, () -> chamber.living("worker").size() == WORKERS);
        int runs = chamber.count(EventType.PROCESS_STARTED);
        List<TaskId> ids = new ArrayList<>();
        List<Event> told = new ArrayList<>();
        for (Duration move : moves) {
          ids.addAll(chamber.submit(tasks));
          Deadline.await("tasks held", LONGEST, () -> chamber.tasks().holders().size() == WORKERS);
          clock.move(move);
          Deadline.await(
              "all tasks done after the clock went to %+d s".formatted(move.toSeconds()),
              LONGEST,
              () -> isDrained(chamber, feed, told));
        }
        told.addAll(feed.next(Duration.ZERO));
        chamber.requireEachTaskDoneOnce(ids, 0);
        requireNobodyRescued(chamber, runs);
        requireAscending(told, chamber);
        report.say(
            "clock set %d times, by an hour or two, while tasks were held: all %d tasks done,"
                + " none released, nobody started again, the ids of %d events ascending",
            moves.size(), ids.size(), told.size());
      }
    }
  }

  private static void requireNobodyRescued(Chamber chamber, int runs) {
    BrokenPromise.unless(
        chamber.count(EventType.TASK_RELEASED) == 0,
        "%d tasks were taken from workers that lived",
        chamber.count(EventType.TASK_RELEASED));
    chamber.requireNobodyReplaced(runs);
  }

  /** Whoever follows the log is told everything, whatever the clock says. */
  private static void requireAscending(List<Event> told, Chamber chamber) {
    List<Long> ids = told.stream().map(event -> event.id().value()).toList();
    BrokenPromise.unless(ids.equals(ids.stream().sorted().distinct().toList()), "ids: %s", ids);
    long written = chamber.events().after(chamber.self().runId().value(), Integer.MAX_VALUE).size();
    BrokenPromise.unless(
        ids.size() == written, "a follower was told %d events of %d", ids.size(), written);
  }

  private static boolean isDrained(Chamber chamber, EventFeed feed, List<Event> told) {
    told.addAll(feed.next(Duration.ZERO));
    return chamber.tasks().isDrained();
  }
}

package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A fleet at work whose database is away for a while: nobody may end or be started again, each says
 * so at most once a minute, and afterwards all goes on by itself.
 */
final class Outlasted {

  private static final int TASKS = 300;
  private static final int WORKERS = 2;
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration THE_REST = Duration.ofMinutes(3);

  /** What every process prints of an outage. */
  private static final String REPORT = "trying again every second";

  private final Chamber chamber;
  private final Duration length;
  private final Duration unnoticed;

  /**
   * @param chamber without any process yet
   * @param length how long the database is away
   * @param unnoticed how long a process waits for it before it calls that an outage
   */
  Outlasted(Chamber chamber, Duration length, Duration unnoticed) {
    this.chamber = chamber;
    this.length = length;
    this.unnoticed = unnoticed;
  }

  /** Runs a fleet through it; returns what happened, for people. */
  String by(Calamity calamity) throws Exception {
    Process supervisor = chamber.supervisor("--workers", Integer.toString(WORKERS));
    Deadline.await("two workers", START, () -> chamber.living("worker").size() == WORKERS);
    int runs = chamber.count(EventType.PROCESS_STARTED);
    List<TaskId> ids = chamber.submit(TASKS);
    Deadline.await("some tasks done", START, () -> chamber.done() > WORKERS);
    Calamity.Relief relief = calamity.strike();
    try {
      BrokenPromise.unless(
          !supervisor.waitFor(length.toMillis(), TimeUnit.MILLISECONDS), "the supervisor ended");
    } finally {
      relief.come();
    }
    Deadline.await("all tasks done", THE_REST, () -> chamber.tasks().isDrained());
    chamber.requireEachTaskDoneOnce(ids, 0);
    BrokenPromise.unless(supervisor.isAlive(), "the supervisor ended");
    chamber.requireNobodyReplaced(runs);
    return "for %d s: nobody ended, all %d tasks done afterwards, each once; reports by process %s"
        .formatted(length.toSeconds(), TASKS, requireFewReports());
  }

  private Map<String, Long> requireFewReports() throws IOException {
    Map<String, Long> reports = chamber.linesWith(REPORT);
    long most = 1 + length.toMinutes();
    reports.forEach(
        (process, count) ->
            BrokenPromise.unless(
                count <= most, "%s reported %d times, %d are enough", process, count, most));
    BrokenPromise.unless(
        length.compareTo(unnoticed) <= 0 || reports.values().stream().anyMatch(count -> count > 0),
        "nobody reported it");
    return reports;
  }
}

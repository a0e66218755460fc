package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.EventType;
import dev.runlog.events.tasks.TaskId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program that holds the write lock of the database. */
final class LockedDatabase implements Torture {

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    int seconds = isShort ? 5 : 60;
    try (Chamber chamber = Chamber.open(Duration.ofMillis(20))) {
      Process supervisor = chamber.supervisor("--workers", "2");
      Deadline.await(
          "two workers", Duration.ofSeconds(60), () -> chamber.living("worker").size() == 2);
      List<TaskId> ids = chamber.submit(300);
      hold(chamber, seconds);
      BrokenPromise.unless(supervisor.isAlive(), "the supervisor ended");
      Deadline.await("all tasks done", Duration.ofMinutes(3), () -> chamber.tasks().isDrained());
      chamber.requireEachTaskDoneOnce(ids, 0);
      BrokenPromise.unless(
          chamber.count(EventType.PROCESS_STARTED) == 4,
          "somebody was started again: %d runs",
          chamber.count(EventType.PROCESS_STARTED));
      report.say(
          "database locked for %d s: nobody ended, all %d tasks done afterwards",
          seconds, ids.size());
    }
  }

  private static void hold(Chamber chamber, int seconds) throws Exception {
    String url = "jdbc:sqlite:" + chamber.directory().resolve("runlog.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("BEGIN IMMEDIATE");
      TimeUnit.SECONDS.sleep(seconds);
      statement.execute("ROLLBACK");
    }
  }
}

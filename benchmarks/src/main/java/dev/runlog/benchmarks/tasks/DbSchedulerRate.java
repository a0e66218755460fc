package dev.runlog.benchmarks.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.runlog.benchmarks.measure.Trial;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The reference: db-scheduler with one-time tasks that do nothing, on connections of a pool, with
 * the polling that its manual names for the highest rate. The time begins with its first task, so
 * that its start does not count, and ends when the last one runs.
 */
final class DbSchedulerRate implements Trial, AutoCloseable {

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS scheduled_tasks (
          task_name TEXT NOT NULL,
          task_instance TEXT NOT NULL,
          task_data BYTEA,
          execution_time TIMESTAMPTZ,
          picked BOOLEAN NOT NULL,
          picked_by TEXT,
          last_success TIMESTAMPTZ,
          last_failure TIMESTAMPTZ,
          consecutive_failures INT,
          last_heartbeat TIMESTAMPTZ,
          version BIGINT NOT NULL,
          priority SMALLINT,
          state TEXT,
          PRIMARY KEY (task_name, task_instance)
      );
      CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      TRUNCATE scheduled_tasks;
      """;

  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final HikariDataSource connections;
  private final int threads;
  private final int tasks;

  private DbSchedulerRate(HikariDataSource connections, int threads, int tasks) {
    this.connections = connections;
    this.threads = threads;
    this.tasks = tasks;
  }

  /** Opens a database that may get a table more. */
  static DbSchedulerRate open(String url, int threads, int tasks) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    // One for each thread, and for those that poll and beat.
    config.setMaximumPoolSize(threads + 3);
    return new DbSchedulerRate(new HikariDataSource(config), threads, tasks);
  }

  @Override
  public double measure() throws SQLException, InterruptedException {
    emptyTable();
    AtomicLong begun = new AtomicLong();
    CountDownLatch left = new CountDownLatch(tasks);
    OneTimeTask<Void> nothing =
        Tasks.oneTime("nothing")
            .execute(
                (task, context) -> {
                  begun.compareAndSet(0, System.nanoTime());
                  left.countDown();
                });
    Scheduler scheduler =
        Scheduler.create(connections, nothing)
            .threads(threads)
            .pollingInterval(Duration.ofMillis(10))
            .pollUsingLockAndFetch(1.0, 4.0)
            .build();
    scheduler.scheduleBatch(instances(nothing), Instant.now());
    scheduler.start();
    try {
      if (!left.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(left.getCount() + " tasks did not run in " + DEADLINE);
      }
      return tasks * 1e9 / (System.nanoTime() - begun.get());
    } finally {
      scheduler.stop();
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private List<TaskInstance<?>> instances(OneTimeTask<Void> task) {
    return IntStream.range(0, tasks)
        .<TaskInstance<?>>mapToObj(i -> task.instance(Integer.toString(i)))
        .toList();
  }

  private void emptyTable() throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }
}

package dev.runlog.benchmarks.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Another program that holds the write lock of the database. */
final class LockedDatabase implements Torture {

  /** How long a write waits for its turn before it fails. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    Duration length = Duration.ofSeconds(isShort ? 5 : 60);
    try (Chamber chamber = Chamber.open(Duration.ofMillis(20))) {
      report.say(
          "database locked " + new Outlasted(chamber, length, LOCK_WAIT).by(() -> lock(chamber)));
    }
  }

  private static Calamity.Relief lock(Chamber chamber) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + chamber.directory().resolve("runlog.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("BEGIN IMMEDIATE");
    }
    return connection::close;
  }
}

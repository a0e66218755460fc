package dev.runlog.benchmarks.queries;

import dev.runlog.benchmarks.append.RawSqlite;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.db.EventRow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What an event takes on the disk beyond its payload, with all indexes and sums, in a file that was
 * filled the way processes fill it: one event after the other, indexes and all.
 */
public final class BytesPerRow implements Benchmark {

  private static final int FLEETS = 6;
  private static final int MOST_UNDERWAY = 2000;
  private static final long MILLIS_A_ROW = 259;
  private static final Target TARGET = Target.atMost(220);

  private final BenchOptions options;

  public BytesPerRow(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.in(options.directory())) {
      Path file = scratch.file("runlog.db");
      long rows = fill(file, Math.min(options.rows(), (long) FLEETS * Fleet.EVENTS));
      double bytes = bytesBeyondPayload(file, rows);
      out.println(
          "bytes a row beyond its payload, all indexes and sums, %,d events%n  %s"
              .formatted(rows, TARGET.describe(bytes)));
    }
  }

  /** Ends a fleet in the middle. */
  private static final class Full extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static long fill(Path file, long rows) throws Exception {
    try (Database database =
        Database.open(new DatabaseSettings(file.toString(), Durability.PROCESS))) {
      Appending appending = new Appending(database, rows);
      try {
        while (true) {
          new Fleet(appending).run();
        }
      } catch (Full e) {
        return rows;
      }
    }
  }

  private static final class Appending implements Fleet.Sink {

    private final Database database;
    private final long rows;
    private final Deque<CompletableFuture<Long>> underway = new ArrayDeque<>();
    private long id;

    Appending(Database database, long rows) {
      this.database = database;
      this.rows = rows;
    }

    @Override
    public long add(
        Optional<Long> runId, Optional<Long> parent, String instance, String type, String payload)
        throws Full {
      if (id == rows) {
        throw new Full();
      }
      id++;
      underway.add(
          database.insertEventAsync(
              new EventRow(
                  id * MILLIS_A_ROW,
                  runId,
                  parent,
                  instance,
                  instance.startsWith("W") ? "worker" : "supervisor",
                  type,
                  Optional.of(payload))));
      if (underway.size() > MOST_UNDERWAY) {
        underway.remove().join();
      }
      return id;
    }
  }

  private static double bytesBeyondPayload(Path file, long rows) throws SQLException {
    try (Connection connection = RawSqlite.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      long pages =
          queryLong(
              statement,
              "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count");
      long bytes = pages * queryLong(statement, "PRAGMA page_size");
      long payload = queryLong(statement, "SELECT sum(octet_length(payload)) FROM events");
      return (double) (bytes - payload) / rows;
    }
  }

  private static long queryLong(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

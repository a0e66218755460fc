package dev.runlog.benchmarks.queries;

import dev.runlog.benchmarks.append.RawSqlite;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Run;
import dev.runlog.events.log.RunHistory;
import dev.runlog.events.log.RunId;
import dev.runlog.events.log.RunTree;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A whole fleet out of a large log, its runs as a tree with the events of each, against raw JDBC
 * that is told the ids of the same rows and only reads them.
 */
public final class SubtreeSpeed implements Benchmark {

  private static final Target TARGET = Target.atMost(2);

  /** What raw JDBC read, so that nothing of it is left out. */
  private record RawRow(
      long id,
      long timestamp,
      long runId,
      long parentRunId,
      String instanceId,
      String role,
      String eventType,
      String payload) {}

  private final BenchOptions options;

  public SubtreeSpeed(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    EventFile file = EventFile.in(options.directory(), options.rows());
    long first = file.firstIdOfFleet(file.fleets() / 2);
    long last = Math.min(first + Fleet.EVENTS - 1, file.rows());
    String ids =
        LongStream.rangeClosed(first, last)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(",", "[", "]"));
    long expected = last - first + 1;
    try (Database database = Database.openReadOnly(file.settings());
        Connection connection = RawSqlite.connect(file.path());
        PreparedStatement byIds =
            connection.prepareStatement(
                "SELECT id, timestamp, run_id, parent_run_id, instance_id, role, event_type, payload"
                    + " FROM events WHERE id IN (SELECT value FROM json_each(?))")) {
      byIds.setString(1, ids);
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(
                      () -> millis(() -> tree(database, new RunId(first)), expected),
                      () -> millis(() -> read(byIds), expected)));
      out.println(
          new Comparison(
                  "subtree of %,d events as a tree, of %,d".formatted(expected, file.rows()),
                  "raw JDBC reading the same rows by a list of their ids",
                  samples.get(0),
                  samples.get(1),
                  "ms",
                  Optional.of(TARGET))
              .describe());
    }
  }

  /** Reads events; returns how many they were. */
  private interface Reading {
    long count() throws SQLException;
  }

  private static double millis(Reading reading, long expected) throws SQLException {
    long begun = System.nanoTime();
    long found = reading.count();
    double millis = (System.nanoTime() - begun) / 1e6;
    if (found != expected) {
      throw new IllegalStateException(found + " of " + expected + " events were read");
    }
    return millis;
  }

  private static long tree(Database database, RunId root) {
    RunHistory history = new RunTree(database).historyOf(root).orElseThrow();
    return eventsIn(history.root(), history);
  }

  private static long eventsIn(Run run, RunHistory history) {
    long own = history.of(run.id()).size();
    return own + run.children().stream().mapToLong(child -> eventsIn(child, history)).sum();
  }

  private static long read(PreparedStatement byIds) throws SQLException {
    List<RawRow> rows = new java.util.ArrayList<>();
    try (ResultSet row = byIds.executeQuery()) {
      while (row.next()) {
        rows.add(
            new RawRow(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8)));
      }
    }
    return rows.size();
  }
}

package dev.runlog.benchmarks.queries;

import dev.runlog.benchmarks.append.RawSqlite;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A SQLite file with so many events of one {@link Fleet} after the other. It is made as fast as the
 * disk allows: without sync, and with indexes, triggers and sums added when all rows are there,
 * from the very definitions that the migrations left in the file.
 *
 * @param path where it is
 * @param rows how many events it holds; their ids are 1 to this
 */
record EventFile(Path path, long rows) {

  /** Between two events: 10 million of them take 30 days. */
  private static final long MILLIS_A_ROW = 259;

  private static final long FIRST_MILLIS = 1_767_225_600_000L; // 2026-01-01

  private static final int ROWS_A_TRANSACTION = 100_000;

  /** Ends a fleet in the middle, when the file has all its rows. */
  private static final class Full extends Exception {
    private static final long serialVersionUID = 1;
  }

  private record Definition(String type, String name, String sql) {}

  /** The file in a directory, made if it is not there. */
  static EventFile in(Path directory, long rows) throws Exception {
    Files.createDirectories(directory);
    EventFile file = new EventFile(directory.resolve("events-" + rows + ".db"), rows);
    if (!Files.exists(file.path)) {
      try (Scratch unfinished = Scratch.in(directory)) {
        EventFile made = new EventFile(unfinished.file("events.db"), rows);
        made.make();
        Files.move(made.path, file.path);
      }
    }
    return file;
  }

  DatabaseSettings settings() {
    return new DatabaseSettings(path.toString(), Durability.PROCESS);
  }

  /** When an event was logged, Unix epoch milliseconds. */
  long millisOf(long id) {
    return FIRST_MILLIS + (id - 1) * MILLIS_A_ROW;
  }

  /** When the day in UTC begins that the event in the middle was logged on. */
  Instant dayInTheMiddle() {
    return Instant.ofEpochMilli(millisOf(rows / 2)).truncatedTo(ChronoUnit.DAYS);
  }

  /** How many fleets have begun in it. */
  long fleets() {
    return (rows + Fleet.EVENTS - 1) / Fleet.EVENTS;
  }

  /**
   * The id of the first event of a fleet, which is the run id of its supervisor.
   *
   * @param number counted from 0
   */
  long firstIdOfFleet(long number) {
    return number * Fleet.EVENTS + 1;
  }

  private void make() throws Exception {
    Database.open(settings()).close();
    try (Connection connection = RawSqlite.connect(path);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA cache_size = -500000");
      List<Definition> later = indexesAndTriggers(statement);
      for (Definition definition : later) {
        statement.execute("DROP " + definition.type + " " + definition.name);
      }
      fill(connection, statement);
      for (Definition definition : later) {
        statement.execute(definition.sql);
      }
      addUp(statement, "call_totals", 5, "TRUE");
      addUp(statement, "call_latencies", 6, "latency_bucket_ms IS NOT NULL");
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private void fill(Connection connection, Statement statement) throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      Rows inserted = new Rows(insert, statement);
      statement.execute("BEGIN");
      try {
        while (true) {
          new Fleet(inserted).run();
        }
      } catch (Full e) {
        statement.execute("COMMIT");
      }
    }
  }

  private final class Rows implements Fleet.Sink {

    private final PreparedStatement insert;
    private final Statement transaction;
    private long id;

    Rows(PreparedStatement insert, Statement transaction) {
      this.insert = insert;
      this.transaction = transaction;
    }

    @Override
    public long add(
        Optional<Long> runId, Optional<Long> parent, String instance, String type, String payload)
        throws Full, SQLException {
      if (id == rows) {
        throw new Full();
      }
      id++;
      insert.setLong(1, id);
      insert.setLong(2, millisOf(id));
      insert.setLong(3, runId.orElse(id));
      if (parent.isPresent()) {
        insert.setLong(4, parent.get());
      } else {
        insert.setNull(4, Types.BIGINT);
      }
      insert.setString(5, instance);
      insert.setString(6, instance.startsWith("W") ? "worker" : "supervisor");
      insert.setString(7, type);
      insert.setString(8, payload);
      insert.executeUpdate();
      if (id % ROWS_A_TRANSACTION == 0) {
        transaction.execute("COMMIT");
        transaction.execute("BEGIN");
      }
      return id;
    }
  }

  private static List<Definition> indexesAndTriggers(Statement statement) throws SQLException {
    List<Definition> definitions = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT type, name, sql FROM sqlite_schema"
                + " WHERE tbl_name = 'events' AND type IN ('index', 'trigger') AND sql IS NOT NULL")) {
      while (row.next()) {
        definitions.add(new Definition(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return definitions;
  }

  /** Fills a table of sums from the view of ended calls: its first columns name a group. */
  private static void addUp(Statement statement, String table, int keys, String condition)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
      while (row.next()) {
        columns.add(row.getString(1));
      }
    }
    String group = String.join(", ", columns.subList(0, keys));
    List<String> sums =
        columns.subList(keys, columns.size()).stream()
            .map(column -> column.equals("calls") ? "count(*)" : "sum(" + column + ")")
            .toList();
    statement.execute(
        "INSERT INTO %s SELECT %s, %s FROM ended_calls WHERE %s GROUP BY %s"
            .formatted(table, group, String.join(", ", sums), condition, group));
  }
}

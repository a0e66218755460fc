package dev.runlog.benchmarks.queries;

import dev.runlog.benchmarks.append.RawSqlite;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.TimeWindow;
import dev.runlog.events.stats.StatsQuery;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tokens of each model over a day in a large log, against adding up the payloads. */
public final class TokensADay implements Benchmark {

  private static final Target TARGET = Target.atLeast(20);

  private final BenchOptions options;

  public TokensADay(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    EventFile file = EventFile.in(options.directory(), options.rows());
    Instant from = file.dayInTheMiddle();
    TimeWindow day = new TimeWindow(Optional.of(from), Optional.of(from.plus(Duration.ofDays(1))));
    try (Database database = Database.openReadOnly(file.settings());
        Connection connection = RawSqlite.connect(file.path());
        PreparedStatement scan =
            connection.prepareStatement(
                "SELECT json_extract(payload, '$.model_name'), sum(json_extract(payload, '$.input_tokens'))"
                    + " FROM events WHERE event_type = 'llm_call.completed'"
                    + " AND timestamp >= ? AND timestamp < ? GROUP BY 1")) {
      scan.setLong(1, from.toEpochMilli());
      scan.setLong(2, from.plus(Duration.ofDays(1)).toEpochMilli());
      StatsQuery stats = new StatsQuery(database);
      requireSame(sums(stats, day), scanned(scan));
      List<Sample> samples =
          options
              .inRounds()
              .measure(
                  List.of(() -> millis(() -> scanned(scan)), () -> millis(() -> sums(stats, day))));
      out.println(
          new Comparison(
                  "adding up a day of payloads by json_extract, of %,d events"
                      .formatted(file.rows()),
                  "tokens by model over that day by StatsQuery",
                  samples.get(0),
                  samples.get(1),
                  "ms",
                  Optional.of(TARGET))
              .describe());
    }
  }

  /** Adds up input tokens by model. */
  private interface Sums {
    Map<String, Long> get() throws SQLException;
  }

  private static double millis(Sums sums) throws SQLException {
    long begun = System.nanoTime();
    sums.get();
    return (System.nanoTime() - begun) / 1e6;
  }

  private static Map<String, Long> sums(StatsQuery stats, TimeWindow day) {
    Map<String, Long> tokens = new TreeMap<>();
    stats.countsByModel(day).forEach((model, calls) -> tokens.put(model, calls.inputTokens()));
    return tokens;
  }

  private static Map<String, Long> scanned(PreparedStatement scan) throws SQLException {
    Map<String, Long> tokens = new TreeMap<>();
    try (ResultSet row = scan.executeQuery()) {
      while (row.next()) {
        tokens.put(row.getString(1), row.getLong(2));
      }
    }
    return tokens;
  }

  private static void requireSame(Map<String, Long> sums, Map<String, Long> scanned) {
    if (!sums.equals(scanned)) {
      throw new IllegalStateException("sums " + sums + " are not what the events say: " + scanned);
    }
  }
}

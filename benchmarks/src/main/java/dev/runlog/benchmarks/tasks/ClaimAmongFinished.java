package dev.runlog.benchmarks.tasks;

import dev.runlog.benchmarks.append.RawSqlite;
import dev.runlog.benchmarks.measure.BenchOptions;
import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Comparison;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.benchmarks.measure.Target;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.tasks.Claim;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What a claim takes beside a million finished tasks, against one beside none. */
public final class ClaimAmongFinished implements Benchmark {

  private static final long MOST_FINISHED = 1_000_000;
  private static final int CLAIMS = 200;
  private static final Target TARGET = Target.atMost(2);

  private static final String FINISHED =
      """
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
      INSERT INTO tasks (kind, state, run_at, attempt, max_attempts, request, result, submitted_at, submitted_by, finished_at)
      SELECT 'chat', 'done', n, 1, 3, '{"prompt":"nothing"}', '{}', n, 1, n FROM numbers
      """;

  private final BenchOptions options;

  public ClaimAmongFinished(BenchOptions options) {
    this.options = options;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    long finished = Math.min(MOST_FINISHED, options.rows());
    try (Scratch scratch = Scratch.in(options.directory());
        BenchQueue full = open(scratch.file("full.db"));
        BenchQueue empty = open(scratch.file("empty.db"))) {
      finish(scratch.file("full.db"), finished);
      List<Sample> samples =
          options.inRounds().measure(List.of(() -> claimMicros(full), () -> claimMicros(empty)));
      out.println(
          new Comparison(
                  "a claim beside %,d finished tasks, durability process".formatted(finished),
                  "a claim beside none",
                  samples.get(0),
                  samples.get(1),
                  "µs",
                  Optional.of(TARGET))
              .describe());
    }
  }

  private static BenchQueue open(Path file) {
    return BenchQueue.open(new DatabaseSettings(file.toString(), Durability.PROCESS));
  }

  private static void finish(Path file, long count) throws SQLException {
    try (Connection connection = RawSqlite.connect(file);
        PreparedStatement insert = connection.prepareStatement(FINISHED)) {
      insert.setLong(1, count);
      insert.executeUpdate();
    }
  }

  /** Only the claims are timed; what ends the tasks afterwards is not. */
  private static double claimMicros(BenchQueue queue) {
    queue.submit(CLAIMS);
    long nanos = 0;
    for (int i = 0; i < CLAIMS; i++) {
      long begun = System.nanoTime();
      Claim claim = queue.claim().orElseThrow();
      nanos += System.nanoTime() - begun;
      queue.complete(claim);
    }
    return nanos / 1e3 / CLAIMS;
  }
}

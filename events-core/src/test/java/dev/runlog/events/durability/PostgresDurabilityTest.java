package dev.runlog.events.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class PostgresDurabilityTest {

  private static final int PROCESSES = 8;
  private static final Duration BETWEEN_BLOWS = Duration.ofMillis(400);

  private final Torture torture = new Torture();
  private final PostgresDatabase postgres = new PostgresDatabase();

  @TempDir Path directory;

  @Test
  void losesNothingAndWritesNothingTwiceWhileItsServerFails() throws Exception {
    postgres.open().close();
    PostgresServer server = PostgresServer.require();
    List<Step> acknowledged;
    try (Appenders appenders = Appenders.start(PROCESSES, postgres.settings(), directory)) {
      for (int blow = 1; blow <= torture.rounds(12, 120); blow++) {
        torture.awaitRandomMoment(BETWEEN_BLOWS);
        if (blow % 6 == 0) {
          server.crash();
          appenders.awaitMore(100);
        } else {
          terminateSome(server);
        }
      }
      appenders.awaitMore(100);
      appenders.end();
      acknowledged = appenders.acknowledged();
    }
    try (Database database = postgres.open()) {
      WrittenSteps written = WrittenSteps.of(database);
      written.assertHold(acknowledged);
      assertThat(written.steps()).as("all were acknowledged").hasSameSizeAs(acknowledged);
    }
  }

  /** Half of the connections, chosen by the server. */
  private static void terminateSome(PostgresServer server) {
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'runlog' AND random() < 0.5");
  }
}

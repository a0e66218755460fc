package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.verify.Finding;
import dev.runlog.events.verify.Verification;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class PostgresCallTotalsTest extends CallTotalsContract {

  private static final String MIGRATIONS = "classpath:dev/runlog/events/db/migration/postgresql";

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Override
  protected Database open() {
    return postgres.open();
  }

  @Test
  void addsUpWhatAnOlderVersionCouldNotRead() {
    String url = PostgresServer.require().newDatabase();
    Flyway.configure()
        .dataSource(url, null, null)
        .locations(MIGRATIONS)
        .target("5")
        .load()
        .migrate();
    insertCall(url, 1, "fine");
    insertCall(url, 2, "cut off in \\ud83d");
    insertCall(url, 3, "a NUL: \\u0000");
    insertCall(url, 3_600_000, "in another hour");

    try (Database upgraded = Database.open(new DatabaseSettings(url, Durability.POWER))) {
      CallStats total = new StatsQuery(upgraded).ofAll().total();
      assertThat(total.calls()).isEqualTo(4);
      assertThat(total.inputTokens()).isEqualTo(12);
      assertThat(total.latencies().count()).isEqualTo(4);
      assertThat(new Verification(upgraded).run())
          .filteredOn(finding -> finding.check().equals("call_totals"))
          .allMatch(Finding::isOk);
    }
  }

  private static void insertCall(String url, long timestamp, String text) {
    PostgresServer.execute(
        url,
        """
        INSERT INTO events (timestamp, run_id, instance_id, role, event_type, payload)
        VALUES (%d, 1, 'W00001', 'worker', 'llm_call.completed',
          '{"model_name":"m","input_tokens":3,"latency_ms":7,"text":"%s"}')
        """
            .formatted(timestamp, text));
  }
}

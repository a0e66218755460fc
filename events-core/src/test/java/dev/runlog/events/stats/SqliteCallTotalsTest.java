package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.SqliteStore;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.payload.UserEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallTotalsTest extends CallTotalsContract {

  @TempDir Path directory;

  @Override
  protected Database open() {
    return SqliteStore.open(directory);
  }

  @Test
  void addsUpWhatAnOlderVersionLogged() {
    Emitter older = root("older", "worker");
    log.append(older, new UserEvent("llm_call.completed", Map.of("input_tokens", 3)));
    CallReport before = new StatsQuery(database).ofAll();
    undoTheMigration();
    database.close();

    database = open();

    assertThat(new StatsQuery(database).ofAll().byModel()).isEqualTo(before.byModel());
  }

  private void undoTheMigration() {
    for (String undo :
        List.of(
            "DROP TRIGGER events_add_call",
            "DROP TRIGGER events_take_call",
            "DROP VIEW ended_calls",
            "DROP TABLE call_totals",
            "DROP TABLE call_latencies",
            "DELETE FROM flyway_schema_history WHERE version = '2'")) {
      database.write(transaction -> transaction.sql().execute(undo));
    }
  }
}

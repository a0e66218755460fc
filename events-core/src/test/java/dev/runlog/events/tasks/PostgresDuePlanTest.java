package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

class PostgresDuePlanTest {

  @Test
  void seesInOneLookAtAnIndexWhetherAnythingIsDue() {
    try (Database database = new PostgresDatabase().open()) {
      String plan =
          database.write(
              transaction -> {
                DSLContext sql = transaction.sql();
                // The table of a test is so small that reading all of it is cheapest.
                sql.execute("SET LOCAL enable_seqscan = off");
                return sql.explain(Due.anyOf(sql, List.of("chat"), Instant.ofEpochMilli(1))).plan();
              });

      assertThat(plan).contains("tasks_due_by_kind").containsPattern("Index Cond: .*kind.*CASE");
    }
  }
}

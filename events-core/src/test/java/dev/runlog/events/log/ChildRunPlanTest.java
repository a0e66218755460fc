package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.nio.file.Path;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what a supervisor asks about its children does not read all that these have logged. */
class ChildRunPlanTest {

  private static final RunId RUN = new RunId(7);

  @TempDir Path directory;

  @Test
  void sqliteFindsTheStartsOfChildrenInTheIndexOfTheTree() {
    assertThat(sqlitePlanOf(sql -> EventQuery.startsOfChildren(sql, RUN, new EventId(9))))
        .isEqualTo("SEARCH events USING INDEX events_tree (parent_run_id=? AND run_id>?)");
  }

  @Test
  void sqliteLooksForTheEndOfARunOnlyAmongEnds() {
    assertThat(sqlitePlanOf(sql -> EventQuery.stopOf(sql, RUN)))
        .isEqualTo("SEARCH events USING INDEX events_event_type (event_type=? AND rowid>?)");
  }

  @Test
  void postgresFindsTheStartsOfChildrenInTheIndexOfTheTree() {
    try (Database database = new PostgresDatabase().open()) {
      String plan =
          database.write(
              transaction -> {
                DSLContext sql = transaction.sql();
                // The table of a test is so small that reading all of it is cheapest.
                sql.execute("SET LOCAL enable_seqscan = off");
                sql.execute("SET LOCAL plan_cache_mode = force_generic_plan");
                ResultQuery<?> query = EventQuery.startsOfChildren(sql, RUN, new EventId(9));
                return sql.explain(query).plan();
              });

      assertThat(plan).contains("events_tree").doesNotContain("Sort");
    }
  }

  private String sqlitePlanOf(Function<DSLContext, ResultQuery<?>> query) {
    String file = directory.resolve("runlog.db").toString();
    try (Database database = Database.open(new DatabaseSettings(file, Durability.PROCESS))) {
      return database.read(
          sql -> {
            ResultQuery<?> asked = query.apply(sql);
            return String.join(
                "; ",
                sql.fetch("EXPLAIN QUERY PLAN " + asked.getSQL(), asked.getBindValues().toArray())
                    .getValues("detail", String.class));
          });
    }
  }
}

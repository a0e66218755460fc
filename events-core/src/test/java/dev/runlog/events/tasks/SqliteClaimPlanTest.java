package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a claim looks only at tasks that wait, however many have ended. */
class SqliteClaimPlanTest {

  @TempDir Path directory;

  private Database database;

  @BeforeEach
  void open() {
    String file = directory.resolve("runlog.db").toString();
    database = Database.open(new DatabaseSettings(file, Durability.PROCESS));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void findsTheNextTaskInTheOrderOfTheIndexOfWaitingTasks() {
    List<String> plan = planOfAClaim();

    assertThat(plan).contains("SCAN tasks USING INDEX tasks_due");
    assertThat(plan)
        .as("no sort of all that waits, and no look at what has ended")
        .noneMatch(step -> step.contains("TEMP B-TREE FOR ORDER BY"))
        .noneMatch(step -> step.equals("SCAN tasks"));
  }

  @Test
  void countsTheHeldTasksOfAKindByTheirIndex() {
    assertThat(planOfAClaim())
        .anyMatch(step -> step.contains("USING COVERING INDEX tasks_held_by_kind"));
  }

  @Test
  void seesInOneLookAtAnIndexWhetherAnythingIsDue() {
    String asked =
        database.read(
            sql ->
                sql.renderInlined(
                    Due.anyOf(sql, List.of("chat", "review"), Instant.ofEpochMilli(1))));

    assertThat(database.read(sql -> sql.fetch("EXPLAIN QUERY PLAN " + asked)).getValues("detail"))
        .hasToString("[SEARCH tasks USING INDEX tasks_due_by_kind (<expr>=? AND <expr><?)]");
  }

  private List<String> planOfAClaim() {
    return database.write(
        transaction ->
            transaction
                .sql()
                .fetch(
                    "EXPLAIN QUERY PLAN " + TaskMoves.finding(transaction.sql(), 2).getSQL(),
                    1L,
                    "chat",
                    "review")
                .getValues("detail", String.class));
  }
}

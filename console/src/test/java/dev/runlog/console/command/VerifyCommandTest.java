package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.console.command.ConsoleSession.Outcome;
import dev.runlog.events.json.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyCommandTest extends ConsoleTest {

  @BeforeEach
  void workOffATask() {
    fleet.submit("hello");
    fleet.answerNext(fleet.first, "Hi");
  }

  @Test
  void saysWhatItChecked() {
    Outcome outcome = run("verify");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            ok      the database itself is sound (1 checked)
            ok      every event is of a run that logged its start (3 checked)
            ok      every task is where its events left it (1 checked)
            ok      every end is of something begun, once (2 checked)
            ok      the sums of calls are what the events say (2 checked)
            """);
  }

  @Test
  void failsOnADifference() throws SQLException {
    breakTheSums();

    Outcome outcome = run("verify");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines())
        .contains("FAILED  the sums of calls are what the events say (2 checked)")
        .anySatisfy(line -> assertThat(line).startsWith("        the sums of run 2 (W00001)"));
  }

  @Test
  void tellsPrograms() {
    fleet.log(fleet.first, "llm_call.failed", Map.of("started_event_id", 99));

    assertThat(run("verify", "--json").lines().stream().map(Json::readObject))
        .filteredOn(finding -> !finding.path("ok").asBoolean())
        .containsExactly(
            Json.readObject(
                """
                {"check": "endings", "ok": false, "checked": 3, "differences": 1, "examples":
                 ["event 9 (llm_call.failed) ends event 99, which is no llm_call.started"]}
                """));
  }

  @Test
  void rebuildsTheSums() throws SQLException {
    breakTheSums();

    assertThat(run("verify", "--rebuild").exitCode()).isZero();
    assertThat(run("verify").exitCode()).isZero();
  }

  private void breakTheSums() throws SQLException {
    String url = "jdbc:sqlite:" + fleet.database().localPath();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE call_totals SET completed = 7");
    }
  }
}

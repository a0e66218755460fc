package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.it.kit.Fleet;
import dev.runlog.it.kit.Outcome;
import dev.runlog.it.kit.Program;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class BadSettingsIT {

  private static final int USAGE = 64;

  @RegisterExtension final Fleet fleet = new Fleet();

  @AfterEach
  void nothingIsWritten() {
    assertThat(fleet.database()).doesNotExist();
  }

  @Test
  void aMistypedNameIsToldWithTheOneThatWasMeant() throws Exception {
    assertThat(EveryProgram.outcomes(fleet, Map.of("RUNLOG_WORKRES", "3")))
        .allSatisfy(
            (program, outcome) -> {
              assertThat(outcome.exitCode()).isEqualTo(USAGE);
              assertThat(outcome.err())
                  .containsExactly(
                      "runlog: RUNLOG_WORKRES is not a setting; did you mean RUNLOG_WORKERS?");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10000", "abc", "-1", "2.5", "99999999999999999999"})
  void aNumberOfWorkersOutOfRangeIsRefused(String workers) throws Exception {
    Outcome outcome = fleet.run(Program.SUPERVISOR, "--workers", workers);
    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("runlog: RUNLOG_WORKERS")
        .contains("expected a whole number from 1 to 256, got '" + workers + "'");
  }

  @Test
  void allErrorsOfASupervisorAreToldAtOnce() throws Exception {
    fleet
        .set("RUNLOG_WORKERS", "many")
        .set("RUNLOG_DURABILITY", "maybe")
        .set("INSTANCE_ID", "../escape")
        .set("RUNLOG_LIFELINE", "telephone")
        .set("RUNLOG_DBB", "x");
    Outcome outcome = fleet.run(Program.SUPERVISOR);

    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("runlog: "))
        .anySatisfy(line -> assertThat(line).contains("RUNLOG_WORKERS", "'many'"))
        .anySatisfy(line -> assertThat(line).contains("RUNLOG_DURABILITY", "'maybe'"))
        .anySatisfy(line -> assertThat(line).contains("INSTANCE_ID", "'../escape'"))
        .anySatisfy(line -> assertThat(line).contains("RUNLOG_LIFELINE", "'telephone'"))
        .anySatisfy(line -> assertThat(line).contains("RUNLOG_DBB", "did you mean RUNLOG_DB?"));
  }

  @Test
  void allErrorsOfAWorkerAreToldAtOnceAndTheKeyIsNot() throws Exception {
    fleet
        .set("RUNLOG_DB", ":memory:")
        .set("OPENAI_BASE_URL", "ftp://models.example/v1")
        .set("OPENAI_API_KEY", "two words");
    Outcome outcome = fleet.run(Program.WORKER);

    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("runlog: ").doesNotContain("two words"))
        .anySatisfy(line -> assertThat(line).contains("RUNLOG_DB", "in memory"))
        .anySatisfy(line -> assertThat(line).contains("OPENAI_BASE_URL", "no http or https URL"))
        .anySatisfy(line -> assertThat(line).contains("OPENAI_API_KEY", "was it copied whole?"));
  }

  @Test
  void anUnknownOptionOfTheSupervisorIsNamed() throws Exception {
    assertUnknown(fleet.run(Program.SUPERVISOR, "--wrokers", "2"), "--wrokers", "--help");
  }

  @Test
  void anArgumentOfTheWorkerIsRefused() throws Exception {
    assertUnknown(fleet.run(Program.WORKER, "--workers"), "--workers", "--help");
  }

  @Test
  void anUnknownOptionOrCommandOfTheConsoleIsNamed() throws Exception {
    assertUnknown(fleet.run(Program.CONSOLE, "tree", "--dpeth", "2"), "--dpeth", "--help");
    assertUnknown(fleet.run(Program.CONSOLE, "sumbit"), "sumbit", "did you mean 'submit'?");
  }

  private static void assertUnknown(Outcome outcome, String what, String advice) {
    assertThat(outcome.exitCode()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .hasSizeBetween(1, 2)
        .allSatisfy(line -> assertThat(line).startsWith("runlog: "));
    assertThat(outcome.err().get(0)).contains(what);
    assertThat(String.join("\n", outcome.err())).contains(advice);
    assertThat(outcome.out()).isEmpty();
  }
}

package dev.runlog.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.DatabaseException.Kind;
import dev.runlog.process.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReportTest {

  @ParameterizedTest
  @CsvSource({"MISCONFIGURED, 78", "UNAVAILABLE, 69", "BUSY, 75", "FAILED, 70"})
  void givesEachKindOfDatabaseTroubleItsExitCode(Kind kind, int exitCode) {
    FailureReport report = FailureReport.of(new DatabaseException(kind, "trouble"));

    assertThat(report).isEqualTo(new FailureReport(exitCode, List.of("trouble"), Optional.empty()));
  }

  @Test
  void tellsEverySettingsProblem() {
    assertThat(FailureReport.of(new SettingsException(List.of("one", "two"))))
        .isEqualTo(new FailureReport(64, List.of("one", "two"), Optional.empty()));
  }

  @Test
  void takesEverythingElseForABug() {
    Throwable failure = new InterruptedException("nobody asked");

    assertThat(FailureReport.of(failure))
        .isEqualTo(
            new FailureReport(
                70,
                List.of("bug: java.lang.InterruptedException: nobody asked"),
                Optional.of(failure)));
  }

  @Test
  void keepsTheCodeOfAMainThatKnowsBetterThanTheSignal() {
    assertThat(Ending.returned(0, Optional.of("SIGTERM"), false))
        .isEqualTo(new Ending.Stopped(143, "SIGTERM"));
    assertThat(Ending.returned(1, Optional.of("SIGTERM"), false))
        .isEqualTo(new Ending.Stopped(1, "SIGTERM"));
    assertThat(Ending.returned(0, Optional.of("parent_gone"), false))
        .isEqualTo(new Ending.Stopped(0, "parent_gone"));
    assertThat(Ending.returned(1, Optional.empty(), false))
        .isEqualTo(new Ending.Stopped(1, "completed"));
  }

  @Test
  void seesAFailureInAnExceptionUnlessTheGraceWasOver() {
    IllegalStateException failure = new IllegalStateException();

    assertThat(Ending.threw(failure, Optional.of("SIGTERM"), false))
        .isInstanceOf(Ending.Failed.class);
    assertThat(Ending.threw(failure, Optional.of("parent_gone"), true))
        .isEqualTo(new Ending.Stopped(75, "parent_gone, grace exceeded"));
  }

  @Test
  void knowsSecretsByTheirNames() {
    assertThat(
            EnvironmentSecrets.of(
                Map.of(
                    "OPENAI_API_KEY",
                    "1",
                    "aws_secret_access_key",
                    "2",
                    "TOKEN",
                    "3",
                    "MAX_TOKENS",
                    "4",
                    "PWD",
                    "5",
                    "DB_PASSWORD",
                    "6",
                    "KEYBOARD",
                    "7")))
        .containsExactlyInAnyOrder("1", "2", "3", "6");
  }
}

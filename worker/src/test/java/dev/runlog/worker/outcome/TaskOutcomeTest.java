package dev.runlog.worker.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import dev.runlog.events.tasks.Task;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskOutcomeTest {

  @ParameterizedTest(name = "attempt {0} of {1}, permanent {2}: {3}")
  @CsvSource({
    "1, 3, false, retried after 1000",
    "2, 3, false, retried after 2000",
    "3, 3, false, failed",
    "1, 1, false, failed",
    "1, 3, true, failed",
    "4, 3, false, failed"
  })
  void retriesUntilTheAttemptsAreUsedUpOrItCannotHelp(
      int attempt, int maxAttempts, boolean permanent, String expected) {
    TaskOutcome outcome =
        TaskOutcome.afterFailure(
            task(attempt, maxAttempts), new Failure("HTTP 500", permanent), RetryPolicy.USUAL, 0);
    assertThat(describe(outcome)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "after attempt {0}, dice {1}: {2} ms")
  @CsvSource({
    "1, 0, 1000",
    "2, 0, 2000",
    "9, 0, 256000",
    "10, 0, 300000",
    "1000, 0, 300000",
    "1, 1, 800",
    "2, 0.5, 1800"
  })
  void doublesTheDelayUpToTheCapAndTakesJitterOff(int attempt, double random, long millis) {
    assertThat(RetryPolicy.USUAL.delayAfter(attempt, random)).isEqualTo(Duration.ofMillis(millis));
  }

  private static String describe(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.RetryAfter retry) {
      return "retried after " + retry.delay().toMillis();
    }
    return "failed";
  }

  private static Task task(int attempt, int maxAttempts) {
    return new Task(
        new TaskId(1),
        "chat",
        TaskState.CLAIMED,
        0,
        Instant.EPOCH,
        attempt,
        maxAttempts,
        0,
        Optional.empty(),
        "{}",
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        new RunId(1),
        Optional.of(Instant.EPOCH),
        Optional.of(new RunId(2)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}

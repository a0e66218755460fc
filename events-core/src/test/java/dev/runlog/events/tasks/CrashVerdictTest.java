package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashVerdictTest {

  @ParameterizedTest(name = "{0} crashes, attempt {1} of {2}: {3}")
  @CsvSource({
    "1,1,3,queued",
    "2,2,3,queued",
    "1,3,3,failed",
    "3,3,10,failed",
    "2,2,10,queued",
    "1,1,1,failed"
  })
  void failsATaskThatUsedUpItsAttemptsOrKilledThreeWorkers(
      int crashes, int attempt, int maxAttempts, String verdict) {
    assertThat(CrashVerdict.failureAfter(crashes, attempt, maxAttempts).isPresent())
        .isEqualTo(verdict.equals("failed"));
  }
}

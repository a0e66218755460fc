package dev.runlog.supervisor.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTest {

  @ParameterizedTest(name = "after {0} in a row, dice {1}: {2} ms")
  @CsvSource({
    "1, 0, 200",
    "2, 0, 400",
    "3, 0, 800",
    "7, 0, 12800",
    "8, 0, 25600",
    "9, 0, 30000",
    "1000000, 0, 30000",
    "1, 1, 240",
    "1, 0.5, 220",
    "9, 1, 36000"
  })
  void doublesTheDelayUpToTheCapAndAddsJitter(
      int crashesInARow, double random, long expectedMillis) {
    assertThat(RestartPolicy.USUAL.delayAfter(crashesInARow, random))
        .isEqualTo(Duration.ofMillis(expectedMillis));
  }

  @ParameterizedTest(name = "up {0} s after {1} in a row: {2}")
  @CsvSource({"59, 0, false", "60, 0, true", "59, 9, false", "60, 9, true", "60, 1, true"})
  void aChildThatStayedUpLongEnoughEndsTheRow(
      long uptimeSeconds, int crashesInARow, boolean ready) {
    assertThat(RestartPolicy.USUAL.isReadyAfter(Duration.ofSeconds(uptimeSeconds), crashesInARow))
        .isEqualTo(ready);
  }

  @ParameterizedTest(name = "cap of 60 s, up {0} s: {1}")
  @CsvSource({"119, false", "120, true"})
  void theReadyTimeIsTwiceTheDelayWhereThatIsLonger(long uptimeSeconds, boolean ready) {
    RestartPolicy slow =
        new RestartPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1), 0, Duration.ofMinutes(1));
    assertThat(slow.isReadyAfter(Duration.ofSeconds(uptimeSeconds), 1)).isEqualTo(ready);
  }
}

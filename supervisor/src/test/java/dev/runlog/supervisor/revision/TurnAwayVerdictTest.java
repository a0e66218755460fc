package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnAwayVerdictTest {

  @ParameterizedTest
  @CsvSource({
    "PT1S,      PT0.999S, WAIT",
    "PT1S,      PT1S,     START_AGAIN",
    "PT29.999S, PT0S,     WAIT",
    "PT29.999S, PT1H,     START_AGAIN",
    "PT30S,     PT0S,     REJECT",
    "PT30S,     PT1H,     REJECT"
  })
  void countsTheTimeOfTriesAndNotThatOfAnOutageInWhichNobodyLooked(
      Duration tried, Duration sinceEnd, TurnAwayVerdict verdict) {
    assertThat(TurnAwayVerdict.of(tried, sinceEnd)).isEqualTo(verdict);
  }
}

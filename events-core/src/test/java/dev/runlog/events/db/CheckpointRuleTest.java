package dev.runlog.events.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointRuleTest {

  private final CheckpointRule rule = new CheckpointRule();

  @Test
  void copiesAfterEachThousandPages() {
    assertThat(rule.isDue(log(999, 0))).isFalse();
    assertThat(rule.isDue(log(1000, 0))).isTrue();
    assertThat(rule.isDue(log(1900, 1000))).isFalse();
    assertThat(rule.isDue(log(2000, 1000))).isTrue();
  }

  @Test
  void copiesAgainAfterTheLogHasStartedAtItsBeginning() {
    assertThat(rule.isDue(log(4000, 0))).isTrue();
    assertThat(rule.isDue(log(20, 0))).isFalse();
    assertThat(rule.isDue(log(1000, 0))).isTrue();
  }

  @Test
  void triesLessOftenWhileAReaderKeepsTheLogFromBeingCopied() {
    assertThat(rule.isDue(log(1000, 0))).isTrue();
    assertThat(rule.isDue(log(1010, 0))).isFalse();
    assertThat(rule.isDue(log(1249, 0))).isFalse();
    assertThat(rule.isDue(log(1250, 0))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "4000, 3990, false, true",
    "4000, 4000, false, true",
    "3999, 3990, false, false", // is not long yet
    "9000, 8001, false, true",
    "9000, 8000, false, false", // a reader is in the way
    "4000, 3990, true, false", // somebody else copies
  })
  void letsWritersWaitForTheRestOfALongLogOnly(
      int pages, int copied, boolean isBusy, boolean isToStartAgain) {
    assertThat(CheckpointRule.isToStartAgain(new WalState(isBusy, pages, copied)))
        .isEqualTo(isToStartAgain);
  }

  private static WalState log(int pages, int copied) {
    return new WalState(false, pages, copied);
  }
}

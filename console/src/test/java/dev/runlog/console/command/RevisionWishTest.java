package dev.runlog.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.revisions.RevisionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionWishTest {

  @ParameterizedTest
  @CsvSource({
    "REGISTERED,   false, false",
    "VERIFYING,    false, false",
    "CANDIDATE,    false, false",
    "CANARY,       false, false",
    "ROLLING,      false, false",
    "ACTIVE,       true,  false",
    "ROLLING_BACK, true,  false",
    "INCONSISTENT, false, true",
    "INCONSISTENT, true,  false",
    "PERMANENT,    false, true",
    "SUPERSEDED,   false, true",
    "REJECTED,     true,  true",
    "ROLLED_BACK,  true,  true"
  })
  void isAwaitedUntilNothingMoreHappensByItself(
      RevisionState state, boolean isRollbackAsked, boolean isAtRest) {
    assertThat(RevisionWish.isAtRest(state, isRollbackAsked)).isEqualTo(isAtRest);
  }
}

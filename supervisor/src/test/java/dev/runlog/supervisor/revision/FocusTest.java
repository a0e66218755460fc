package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FocusTest {

  @Test
  void whatIsInFlightComesFirstThenWhatMayBeTriedThenWhatMayBeVerified() {
    Revision registered = revision(1, RevisionState.REGISTERED, false);
    Revision waiting = revision(2, RevisionState.CANDIDATE, false);
    Revision candidate = revision(3, RevisionState.CANDIDATE, true);
    Revision active = revision(4, RevisionState.ACTIVE, true);
    assertThat(Focus.among(List.of(active, candidate, waiting, registered))).contains(active);
    assertThat(Focus.among(List.of(candidate, waiting, registered))).contains(candidate);
    assertThat(Focus.among(List.of(waiting, registered))).contains(registered);
    assertThat(Focus.among(List.of(waiting))).isEmpty();
  }

  @Test
  void whatIsPermanentIsWhatTheOthersRun() {
    Revision permanent = revision(1, RevisionState.PERMANENT, true);
    Revision superseded = revision(2, RevisionState.SUPERSEDED, true);
    assertThat(Focus.base(List.of(superseded, permanent))).contains(permanent);
    assertThat(Focus.base(List.of(superseded))).isEmpty();
  }

  /** Workers that all gave up must not end a supervisor that is about to start other ones. */
  @ParameterizedTest
  @CsvSource({
    "REGISTERED,   true,  true",
    "REGISTERED,   false, false",
    "VERIFYING,    true,  true",
    "CANDIDATE,    true,  true",
    "CANDIDATE,    false, false",
    "CANARY,       true,  true",
    "ROLLING,      true,  true",
    "ACTIVE,       true,  true",
    "ROLLING_BACK, true,  true",
    "INCONSISTENT, true,  false",
    "PERMANENT,    true,  false",
    "REJECTED,     true,  false",
    "ROLLED_BACK,  true,  false",
  })
  void knowsWhetherABuildMayStillTakeTheirPlace(
      RevisionState state, boolean isPromotionAsked, boolean isAwaited) {
    assertThat(Focus.isAnyAwaited(List.of(revision(1, state, isPromotionAsked))))
        .isEqualTo(isAwaited);
  }

  @ParameterizedTest
  @CsvSource({
    "REGISTERED,   false, false",
    "REGISTERED,   true,  true",
    "VERIFYING,    true,  true",
    "CANDIDATE,    false, false",
    "CANDIDATE,    true,  true",
    "CANARY,       false, true",
    "ROLLING,      false, true",
    "ACTIVE,       false, true",
    "PERMANENT,    false, true",
    "ROLLING_BACK, true,  false",
    "INCONSISTENT, true,  false",
    "SUPERSEDED,   true,  false",
    "REJECTED,     true,  false",
    "ROLLED_BACK,  true,  false"
  })
  void tellsWhatANewSupervisorMayComeToRun(
      RevisionState state, boolean isPromotionAsked, boolean mayRun) {
    assertThat(Focus.mayRun(state, isPromotionAsked)).isEqualTo(mayRun);
  }

  private static Revision revision(long id, RevisionState state, boolean isPromotionAsked) {
    SampleRevision sample = SampleRevision.in(state).of(id, "a".repeat(40));
    return isPromotionAsked ? sample.asked() : sample.unasked();
  }
}

package dev.runlog.events.revisions;

import static dev.runlog.events.revisions.RevisionState.ACTIVE;
import static dev.runlog.events.revisions.RevisionState.CANARY;
import static dev.runlog.events.revisions.RevisionState.CANDIDATE;
import static dev.runlog.events.revisions.RevisionState.INCONSISTENT;
import static dev.runlog.events.revisions.RevisionState.PERMANENT;
import static dev.runlog.events.revisions.RevisionState.REGISTERED;
import static dev.runlog.events.revisions.RevisionState.REJECTED;
import static dev.runlog.events.revisions.RevisionState.ROLLED_BACK;
import static dev.runlog.events.revisions.RevisionState.ROLLING;
import static dev.runlog.events.revisions.RevisionState.ROLLING_BACK;
import static dev.runlog.events.revisions.RevisionState.SUPERSEDED;
import static dev.runlog.events.revisions.RevisionState.VERIFYING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevisionStateTest {

  @Test
  void theseAreAllTheMoves() {
    Map<RevisionState, Set<RevisionState>> moves = new EnumMap<>(RevisionState.class);
    for (RevisionState state : RevisionState.values()) {
      moves.put(state, state.next());
    }
    assertThat(moves)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(REGISTERED, Set.of(VERIFYING, REJECTED)),
                Map.entry(VERIFYING, Set.of(CANDIDATE, REJECTED)),
                Map.entry(CANDIDATE, Set.of(CANARY, REJECTED)),
                Map.entry(CANARY, Set.of(ROLLING, ROLLING_BACK)),
                Map.entry(ROLLING, Set.of(ACTIVE, ROLLING_BACK)),
                Map.entry(ACTIVE, Set.of(PERMANENT, ROLLING_BACK)),
                Map.entry(PERMANENT, Set.of(SUPERSEDED)),
                Map.entry(SUPERSEDED, Set.of()),
                Map.entry(REJECTED, Set.of()),
                Map.entry(ROLLING_BACK, Set.of(INCONSISTENT, ROLLED_BACK)),
                Map.entry(INCONSISTENT, Set.of(ROLLED_BACK)),
                Map.entry(ROLLED_BACK, Set.of())));
  }

  @ParameterizedTest
  @EnumSource
  void everyMoveGoesToALaterState(RevisionState state) {
    assertThat(state.next()).allMatch(next -> next.compareTo(state) > 0);
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsFoundByItsName(RevisionState state) {
    assertThat(RevisionState.ofWireName(state.wireName())).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource
  void whatHasSlotsAndIsNotPermanentIsInFlight(RevisionState state) {
    assertThat(state.mayHaveSlots() && state != PERMANENT)
        .isEqualTo(state.isInFlight() && state != VERIFYING);
  }
}

package dev.runlog.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeasesTest {

  private static final RunId RUN = new RunId(7);
  private static final List<RunId> HOLDERS = List.of(RUN);

  private final Leases leases = new Leases();

  @Test
  void expireWhenTheBeatStaysTheSameForTheTimeOfALease() {
    assertThat(leases.expired(HOLDERS, look(10, Map.of(RUN, 5L)))).isEmpty();
    assertThat(leases.expired(HOLDERS, look(69, Map.of(RUN, 5L)))).isEmpty();
    assertThat(leases.expired(HOLDERS, look(70, Map.of(RUN, 5L)))).containsExactly(RUN);
  }

  @Test
  void areExtendedByEachBeat() {
    leases.expired(HOLDERS, look(0, Map.of(RUN, 5L)));
    leases.expired(HOLDERS, look(50, Map.of(RUN, 6L)));

    assertThat(leases.expired(HOLDERS, look(100, Map.of(RUN, 6L)))).isEmpty();
    assertThat(leases.expired(HOLDERS, look(110, Map.of(RUN, 6L)))).containsExactly(RUN);
  }

  @Test
  void beginAnewForARunThatHeldNothingInBetween() {
    leases.expired(HOLDERS, look(0, Map.of(RUN, 5L)));
    leases.expired(List.of(), look(50, Map.of(RUN, 5L)));

    assertThat(leases.expired(HOLDERS, look(60, Map.of(RUN, 5L)))).isEmpty();
  }

  @Test
  void areNotJudgedForARunThatNeverBeat() {
    leases.expired(HOLDERS, look(0, Map.of()));

    assertThat(leases.expired(HOLDERS, look(600, Map.of()))).isEmpty();
  }

  private static Pulse.Look look(long seconds, Map<RunId, Long> beats) {
    return new Pulse.Look(Duration.ofSeconds(seconds), beats);
  }
}

package dev.runlog.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FairClockTest {

  private final FairClock clock = new FairClock(0);

  @Test
  void goesWithTheMonotonicClock() {
    clock.advance(Duration.ofSeconds(2).toNanos(), true);

    assertThat(clock.advance(Duration.ofSeconds(5).toNanos(), true)).hasSeconds(5);
  }

  @Test
  void standsStillWhileThisProcessDidNotRun() {
    clock.advance(Duration.ofSeconds(1).toNanos(), true);
    clock.advance(Duration.ofHours(9).toNanos(), true);

    assertThat(clock.time()).hasSeconds(1);
    assertThat(clock.advance(Duration.ofHours(9).plusSeconds(2).toNanos(), true)).hasSeconds(3);
  }

  @Test
  void standsStillWhileNobodyCouldBeHeard() {
    for (int second = 1; second <= 60; second++) {
      clock.advance(Duration.ofSeconds(second).toNanos(), false);
    }

    assertThat(clock.time()).isZero();
  }
}

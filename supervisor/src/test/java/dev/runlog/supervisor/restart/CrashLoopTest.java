package dev.runlog.supervisor.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrashLoopTest {

  @Test
  void goesOnAfterFewCrashes() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 10, 20, 30), 0)).isEmpty();
  }

  @Test
  void givesUpAfterFiveCrashesWithinTwoMinutes() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 30, 60, 90, 120), 0))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.crashes()).isEqualTo(5);
              assertThat(verdict.window()).isEqualTo(Duration.ofMinutes(2));
              assertThat(verdict.reason()).isEqualTo("5 crashes within 120 s");
            });
  }

  @Test
  void forgetsCrashesBeforeTheWindow() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 60, 90, 110, 121), 0)).isEmpty();
  }

  @Test
  void givesUpAfterThreeFailedStartsInARow() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 1000, 2000), 3))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.crashes()).isEqualTo(3);
              assertThat(verdict.reason()).startsWith("3 starts in a row failed");
            });
  }

  @Test
  void goesOnAfterTwoFailedStartsInARow() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 1, 2, 3), 2)).isEmpty();
  }

  private static List<Long> crashesAtSeconds(int... seconds) {
    return IntStream.of(seconds).mapToObj(at -> Duration.ofSeconds(at).toNanos()).toList();
  }
}

package dev.runlog.supervisor.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrashLoopTest {

  @Test
  void goesOnAfterFewCrashes() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 10, 20, 30))).isEmpty();
  }

  @Test
  void givesUpAfterFiveCrashesWithinTwoMinutes() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 30, 60, 90, 120)))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.crashes()).isEqualTo(5);
              assertThat(verdict.window()).isEqualTo(Duration.ofMinutes(2));
              assertThat(verdict.reason()).isEqualTo("5 crashes within 120 s");
            });
  }

  @Test
  void forgetsCrashesBeforeTheWindow() {
    assertThat(CrashLoop.USUAL.judge(crashesAtSeconds(0, 60, 90, 110, 121))).isEmpty();
  }

  @Test
  void givesUpAfterThreeFailedStartsInARow() {
    assertThat(CrashLoop.USUAL.judge(List.of(failedStart(0), failedStart(1), failedStart(2))))
        .hasValueSatisfying(
            verdict -> assertThat(verdict.reason()).startsWith("3 starts in a row failed"));
  }

  @Test
  void aStartThatBecameARunEndsTheRowOfFailedStarts() {
    assertThat(
            CrashLoop.USUAL.judge(
                List.of(failedStart(0), failedStart(1), crash(2), failedStart(3))))
        .isEmpty();
  }

  private static List<Crash> crashesAtSeconds(int... seconds) {
    return IntStream.of(seconds).mapToObj(CrashLoopTest::crash).toList();
  }

  private static Crash crash(int second) {
    return new Crash(Duration.ofSeconds(second).toNanos(), false);
  }

  private static Crash failedStart(int second) {
    return new Crash(Duration.ofSeconds(second).toNanos(), true);
  }
}

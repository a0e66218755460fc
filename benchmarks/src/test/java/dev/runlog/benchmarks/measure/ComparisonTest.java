package dev.runlog.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void takesTheMedianOfTheRatiosOfTheRounds() {
    // The second round was slow for both: the ratio of the medians would be 1.5.
    Comparison comparison =
        new Comparison(
            "this",
            "that",
            new Sample(List.of(90.0, 10.0, 60.0)),
            new Sample(List.of(100.0, 20.0, 40.0)),
            "events/s",
            Optional.of(Target.atLeast(0.85)));

    assertThat(comparison.ratio()).isEqualTo(0.9);
    assertThat(comparison.describe())
        .contains("60.0 : 40.0 events/s = 0.90 (0.50 to 1.50)   ≥ 0.85 met");
  }

  @Test
  void saysWhereATargetIsMissed() {
    assertThat(Target.atMost(1.3).describe(1.31)).isEqualTo("1.31   ≤ 1.30 MISSED");
    assertThat(Target.atMost(1.3).isMetBy(1.3)).isTrue();
    assertThat(Target.atLeast(20).isMetBy(19)).isFalse();
  }

  @Test
  void measuresInTurnAndLeavesTheWarmUpOut() throws Exception {
    List<String> order = new ArrayList<>();
    List<Sample> samples =
        new Rounds(1, 2).measure(List.of(() -> next(order, "a"), () -> next(order, "b")));

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(samples)
        .containsExactly(new Sample(List.of(3.0, 5.0)), new Sample(List.of(4.0, 6.0)));
  }

  private static double next(List<String> order, String name) {
    order.add(name);
    return order.size();
  }
}

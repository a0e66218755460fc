package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsLatenciesTest {

  @ParameterizedTest(name = "{0} % of 1 to 10 ms is {1} ms")
  @CsvSource({"1,1", "10,1", "11,2", "50,5", "51,6", "90,9", "95,10", "100,10"})
  void takesTheNearestRank(int percent, long millis) {
    assertThat(oneToTen().percentile(percent)).contains(Duration.ofMillis(millis));
  }

  @Test
  void roundsTheMeanToTheMillisecond() {
    assertThat(oneToTen().mean()).contains(Duration.ofMillis(6));
  }

  @Test
  void addsWithoutLosingExactness() {
    Latencies sum = of(10, 99).plus(of(10, 1)).plus(of(500, 1));

    assertThat(sum.count()).isEqualTo(101);
    assertThat(sum.percentile(99)).contains(Duration.ofMillis(10));
    assertThat(sum.percentile(100)).contains(Duration.ofMillis(500));
  }

  @Test
  void knowsNothingOfNoCalls() {
    assertThat(Latencies.NONE.mean()).isEmpty();
    assertThat(Latencies.NONE.percentile(95)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "101"})
  void refusesPercentilesThatDoNotExist(int percent) {
    assertThatThrownBy(() -> oneToTen().percentile(percent))
        .hasMessage("percentile " + percent + " does not exist; ask for 1 to 100");
  }

  private static Latencies oneToTen() {
    Latencies all = Latencies.NONE;
    for (int millis = 1; millis <= 10; millis++) {
      all = all.plus(of(millis, 1));
    }
    return all;
  }

  private static Latencies of(long millis, long calls) {
    TreeMap<Long, Long> counts = new TreeMap<>();
    counts.put(millis, calls);
    return new Latencies(counts);
  }
}

package dev.runlog.events.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntervalsTest {

  @Test
  void aShareHasWilsonsInterval() {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 15 of 148 gives 0.0624 to 0.1605.
    Interval newcombe = Share.of(15, 148).orElseThrow();
    assertThat(newcombe.low()).isCloseTo(0.0624, within(0.0001));
    assertThat(newcombe.high()).isCloseTo(0.1605, within(0.0001));
    Interval none = Share.of(0, 20).orElseThrow();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(0.1611, within(0.0001));
    assertThat(Share.of(0, 0)).isEmpty();
  }

  @Test
  void aQuantileLiesBetweenTwoValuesOfTheSample() {
    long[] sample = LongStream.rangeClosed(1, 100).toArray();
    assertThat(Quantile.of(sample, 0.95)).contains(95L);
    Interval median = Quantile.withInterval(sample, 0.5).orElseThrow();
    // The ranks 40 and 61 are the textbook's for n = 100.
    assertThat(median).isEqualTo(new Interval(50, 40, 61));
    assertThat(Quantile.withInterval(new long[] {7}, 0.95)).contains(new Interval(7, 7, 7));
    assertThat(Quantile.of(new long[0], 0.5)).isEmpty();
  }

  @Test
  void aMeanHasABootstrapIntervalThatIsTheSameEachTime() {
    double[] sample = DoubleStream.iterate(0, x -> x + 1).limit(100).toArray();
    Interval mean = Mean.of(sample).orElseThrow();
    assertThat(mean.estimate()).isEqualTo(49.5);
    // Close to the normal one: 49.5 plus and minus 1.96 times 28.9 / 10.
    assertThat(mean.low()).isCloseTo(43.8, within(0.7));
    assertThat(mean.high()).isCloseTo(55.2, within(0.7));
    assertThat(Mean.of(sample)).contains(mean);
    assertThat(Mean.of(new double[0])).isEmpty();
  }

  @Test
  void intervalsThatTouchAreNotApart() {
    assertThat(new Interval(1, 0, 2).isApartFrom(new Interval(3, 2, 4))).isFalse();
    assertThat(new Interval(1, 0, 1.9).isApartFrom(new Interval(3, 2, 4))).isTrue();
  }
}

package dev.runlog.events.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

  @Test
  void aShareHasWilsonsInterval() {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 15 of 148 gives 0.0624 to 0.1605.
    Interval newcombe = Share.of(15, 148).orElseThrow();
    assertThat(newcombe.low().orElseThrow()).isCloseTo(0.0624, within(0.0001));
    assertThat(newcombe.high().orElseThrow()).isCloseTo(0.1605, within(0.0001));
    Interval none = Share.of(0, 20).orElseThrow();
    assertThat(none.low().orElseThrow()).isZero();
    assertThat(none.high().orElseThrow()).isCloseTo(0.1611, within(0.0001));
    assertThat(Share.of(0, 0)).isEmpty();
  }

  @Test
  void aQuantileLiesBetweenTwoValuesOfTheSample() {
    long[] sample = LongStream.rangeClosed(1, 100).toArray();
    assertThat(Quantile.of(sample, 0.95)).contains(95L);
    Interval median = Quantile.withInterval(sample, 0.5).orElseThrow();
    // The ranks 40 and 61 are the textbook's for n = 100.
    assertThat(median).isEqualTo(Interval.between(50, 40, 61));
    assertThat(Quantile.of(new long[0], 0.5)).isEmpty();
  }

  /** With n values the largest is above the 95th percentile only in 1 − 0.95ⁿ of all samples. */
  @ParameterizedTest(name = "the quantile {1} of {0} values: {2}")
  @CsvSource({
    "1, 0.5, false",
    "7, 0.5, false",
    "8, 0.5, true",
    "1, 0.95, false",
    "59, 0.95, false",
    "109, 0.95, false",
    "110, 0.95, true"
  })
  void aQuantileOfTooFewValuesHasNoInterval(int n, double share, boolean isKnown) {
    long[] sample = LongStream.rangeClosed(1, n).toArray();
    Interval quantile = Quantile.withInterval(sample, share).orElseThrow();
    assertThat(quantile.low().isPresent()).isEqualTo(isKnown);
    assertThat(quantile.high().isPresent()).isEqualTo(isKnown);
  }

  @Test
  void aMeanOfTooFewValuesHasNoInterval() {
    assertThat(Mean.of(new double[] {7})).contains(Interval.unknown(7));
    assertThat(Mean.of(new double[] {1, 1, 1, 1, 1, 1, 8})).contains(Interval.unknown(2));
    assertThat(Interval.unknown(7).isApartFrom(Interval.unknown(8))).isFalse();
    assertThat(Interval.between(7, 6, 7.5).isApartFrom(Interval.unknown(8))).isFalse();
  }

  @Test
  void aMeanHasABootstrapIntervalThatIsTheSameEachTime() {
    double[] sample = DoubleStream.iterate(0, x -> x + 1).limit(100).toArray();
    Interval mean = Mean.of(sample).orElseThrow();
    assertThat(mean.estimate()).isEqualTo(49.5);
    // Close to the normal one: 49.5 plus and minus 1.96 times 28.9 / 10.
    assertThat(mean.low().orElseThrow()).isCloseTo(43.8, within(0.7));
    assertThat(mean.high().orElseThrow()).isCloseTo(55.2, within(0.7));
    assertThat(Mean.of(sample)).contains(mean);
    assertThat(Mean.of(new double[0])).isEmpty();
  }

  @Test
  void intervalsThatTouchAreNotApart() {
    assertThat(Interval.between(1, 0, 2).isApartFrom(Interval.between(3, 2, 4))).isFalse();
    assertThat(Interval.between(1, 0, 1.9).isApartFrom(Interval.between(3, 2, 4))).isTrue();
  }
}

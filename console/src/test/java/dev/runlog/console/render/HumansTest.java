package dev.runlog.console.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumansTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -5        | 0 ms
          0         | 0 ms
          999       | 999 ms
          1000      | 1.0 s
          1290      | 1.2 s
          59999     | 59.9 s
          60000     | 1 m 00 s
          184000    | 3 m 04 s
          3599999   | 59 m 59 s
          3600000   | 1 h 00 m
          86399999  | 23 h 59 m
          277200000 | 3 d 05 h
          """)
  void writesDurations(long millis, String written) {
    assertThat(Humans.duration(Duration.ofMillis(millis))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0           | $0.0000
          0.00000123  | $0.000001
          0.0009      | $0.000900
          0.0123456   | $0.0123
          1           | $1.00
          1234.567    | $1,234.57
          """)
  void writesDollarsWithTheDecimalsThatMatter(BigDecimal dollars, String written) {
    assertThat(Humans.dollars(dollars)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0.02 | +2.0 %", "-0.105 | -10.5 %", "0 | +0.0 %", "-0.0001 | +0.0 %"})
  void writesDifferencesWithTheirSign(double part, String written) {
    assertThat(Humans.signedPercent(part)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0", "999|999", "1000|1,000", "-12345678|-12,345,678"})
  void groupsThousands(long number, String written) {
    assertThat(Humans.number(number)).isEqualTo(written);
  }
}

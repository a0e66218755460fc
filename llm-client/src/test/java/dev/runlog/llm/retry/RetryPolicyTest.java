package dev.runlog.llm.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.llm.retry.RetryDecision.GiveUp;
import dev.runlog.llm.retry.RetryDecision.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration PLENTY = Duration.ofMinutes(10);

  /** Status 0 is a connection that failed; delay -1 is no retry. */
  @ParameterizedTest(name = "attempt {0}, status {1}, {2} {3}: {4} ms")
  @CsvSource(
      nullValues = "-",
      value = {
        "1, 0,   -, -, 500",
        "2, 0,   -, -, 1000",
        "3, 0,   -, -, -1",
        "1, 408, -, -, 500",
        "1, 409, -, -, 500",
        "1, 429, -, -, 500",
        "1, 500, -, -, 500",
        "1, 503, -, -, 500",
        "1, 599, -, -, 500",
        "2, 500, -, -, 1000",
        "3, 500, -, -, -1",
        "1, 400, -, -, -1",
        "1, 401, -, -, -1",
        "1, 403, -, -, -1",
        "1, 404, -, -, -1",
        "1, 422, -, -, -1",
        "1, 500, x-should-retry, false, -1",
        "1, 400, x-should-retry, true, 500",
        "3, 400, x-should-retry, true, -1",
        "1, 500, x-should-retry, maybe, 500",
        "1, 429, retry-after-ms, 120, 120",
        "1, 429, retry-after-ms, 120.5, 120",
        "1, 429, retry-after, 2, 2000",
        "1, 429, retry-after, 0.25, 250",
        "1, 429, retry-after, 60, 60000",
        "1, 429, retry-after, 61, 500",
        "1, 429, retry-after, 0, 500",
        "1, 429, retry-after, -5, 500",
        "1, 429, retry-after, soon, 500",
        "1, 429, retry-after, NaN, 500",
        "1, 429, retry-after, 'Sun, 22 Nov 2026 12:00:07 GMT', 7000",
        "1, 429, retry-after, 'Sun, 22 Nov 2026 11:00:00 GMT', 500",
        "1, 429, retry-after, 'Sun, 22 Nov 2026 13:00:00 GMT', 500",
      })
  void decidesAsOpenAisClientsDo(
      int attempt, int status, String header, String value, long delayMillis) {
    Map<String, String> headers = header == null ? Map.of() : Map.of(header, value);
    RetryDecision decision =
        new RetryPolicy(2).after(failed(attempt, status, "", headers), 0, PLENTY);
    if (delayMillis < 0) {
      assertThat(decision).isInstanceOf(GiveUp.class);
    } else {
      assertThat(decision).isEqualTo(new RetryAfter(Duration.ofMillis(delayMillis)));
    }
  }

  @Test
  void prefersMillisecondsToSeconds() {
    Map<String, String> headers = Map.of("retry-after-ms", "30", "retry-after", "9");
    assertThat(new RetryPolicy(2).after(failed(1, 429, "", headers), 0, PLENTY))
        .isEqualTo(new RetryAfter(Duration.ofMillis(30)));
  }

  @Test
  void doesNotRetryAnExhaustedQuota() {
    assertThat(new RetryPolicy(2).after(failed(1, 429, "insufficient_quota", Map.of()), 0, PLENTY))
        .isEqualTo(new GiveUp("not retried"));
  }

  @ParameterizedTest(name = "attempt {0} with jitter {1} waits {2} ms")
  @CsvSource({"1, 0, 500", "1, 1, 375", "2, 0.5, 875", "5, 0, 8000", "9, 1, 6000"})
  void doublesTheBackoffUpToEightSecondsAndTakesAQuarterOffAtMost(
      int attempt, double random, long millis) {
    assertThat(new RetryPolicy(20).after(failed(attempt, 500, "", Map.of()), random, PLENTY))
        .isEqualTo(new RetryAfter(Duration.ofMillis(millis)));
  }

  @Test
  void givesUpWhenTheWaitOutlastsTheCall() {
    assertThat(
            new RetryPolicy(2)
                .after(failed(1, 429, "", Map.of("retry-after", "30")), 0, Duration.ofSeconds(30)))
        .isEqualTo(new GiveUp("no time left for another attempt"));
  }

  private static FailedAttempt failed(
      int attempt, int status, String code, Map<String, String> headers) {
    return new FailedAttempt(
        attempt,
        Optional.of(status).filter(value -> value > 0),
        Optional.of(code).filter(value -> !value.isEmpty()),
        RetryHints.of(name -> Optional.ofNullable(headers.get(name)), NOON));
  }
}

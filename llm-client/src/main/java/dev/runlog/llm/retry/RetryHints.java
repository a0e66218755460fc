package dev.runlog.llm.retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an answer says about sending its request again.
 *
 * @param shouldRetry {@code x-should-retry}, absent when it is neither true nor false
 * @param after how long the server asks to wait, absent when it does not say so readably
 */
public record RetryHints(Optional<Boolean> shouldRetry, Optional<Duration> after) {

  /** An answer that says nothing, or no answer at all. */
  public static final RetryHints NONE = new RetryHints(Optional.empty(), Optional.empty());

  /**
   * Reads the headers; {@code retry-after-ms} goes before {@code retry-after}.
   *
   * @param header value of a header by its lower-case name
   * @param clock now, for a {@code retry-after} that is a date
   */
  public static RetryHints of(Function<String, Optional<String>> header, Clock clock) {
    Optional<Duration> after =
        header
            .apply("retry-after-ms")
            .flatMap(millis -> duration(millis, 1))
            .or(() -> header.apply("retry-after").flatMap(value -> retryAfter(value, clock)));
    return new RetryHints(header.apply("x-should-retry").flatMap(RetryHints::bool), after);
  }

  private static Optional<Boolean> bool(String value) {
    return switch (value.strip()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Duration> retryAfter(String value, Clock clock) {
    return duration(value, 1000).or(() -> untilDate(value, clock.instant()));
  }

  private static Optional<Duration> duration(String value, int millisEach) {
    try {
      double millis = Double.parseDouble(value.strip()) * millisEach;
      return Double.isFinite(millis)
          ? Optional.of(Duration.ofMillis((long) millis))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> untilDate(String value, Instant now) {
    try {
      Instant date =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, date));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}

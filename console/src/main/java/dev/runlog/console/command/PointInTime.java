package dev.runlog.console.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A time as people write it: how long ago ({@code 90m}, {@code 30d}), a date, a date with a time of
 * day, or an instant with its zone.
 *
 * @param text as written
 */
public record PointInTime(String text) {

  /**
   * Checks that it can be read.
   *
   * @throws IllegalArgumentException when not; the message lists what can be
   */
  public PointInTime {
    if (read(text, Instant.EPOCH, ZoneId.of("UTC")).isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no time; write how long ago, such as 90m or 30d, a date, such as 2030-01-31,"
              + " or a time, such as 2030-01-31T12:00");
    }
  }

  /** The instant; a time without a zone is one of {@code zone}. */
  Instant at(Instant now, ZoneId zone) {
    return read(text, now, zone).orElseThrow();
  }

  private static Optional<Instant> read(String text, Instant now, ZoneId zone) {
    List<Function<String, Instant>> readings =
        List.of(
            ago -> now.minus(Age.parse(ago)),
            date -> LocalDate.parse(date).atStartOfDay(zone).toInstant(),
            local -> LocalDateTime.parse(local).atZone(zone).toInstant(),
            Instant::parse);
    return readings.stream().flatMap(reading -> attempt(reading, text).stream()).findFirst();
  }

  private static Optional<Instant> attempt(Function<String, Instant> reading, String text) {
    try {
      return Optional.of(reading.apply(text));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      // Another way of writing, or none.
      return Optional.empty();
    }
  }
}

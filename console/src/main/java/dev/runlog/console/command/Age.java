package dev.runlog.console.command;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 45s}, {@code 90m}, {@code 12h}, {@code 30d}. */
final class Age {

  private static final Pattern RULE = Pattern.compile("([0-9]{1,6})([smhdw])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", ChronoUnit.SECONDS.getDuration(),
          "m", ChronoUnit.MINUTES.getDuration(),
          "h", ChronoUnit.HOURS.getDuration(),
          "d", ChronoUnit.DAYS.getDuration(),
          "w", ChronoUnit.WEEKS.getDuration());

  private Age() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is none; the message shows some
   */
  static Duration parse(String text) {
    Matcher matcher = RULE.matcher(text);
    Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of time; write 45s, 90m, 12h, 30d or 4w");
    }
    return unit.multipliedBy(Long.parseLong(matcher.group(1)));
  }
}

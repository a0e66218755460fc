package dev.runlog.process.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parsers for {@link SettingsReader}; each says in its message what it expected and what it got.
 */
public final class SettingParsers {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,10}");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,10})(ms|s|m|h)");

  private SettingParsers() {}

  /** A whole number in a range, both ends included. */
  public static Function<String, Integer> integerBetween(int least, int most) {
    return text -> {
      String number = text.strip();
      if (!WHOLE_NUMBER.matcher(number).matches()
          || Long.parseLong(number) < least
          || Long.parseLong(number) > most) {
        throw new IllegalArgumentException(
            "expected a whole number from " + least + " to " + most + ", got '" + text + "'");
      }
      return Integer.parseInt(number);
    };
  }

  /** A length of time, such as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
  public static Function<String, Duration> time() {
    return text -> {
      Matcher matcher = TIME.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("'" + text + "' is no time; write 500ms, 30s, 5m or 1h");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    };
  }

  /** {@code true} or {@code false}. */
  public static Function<String, Boolean> trueOrFalse() {
    return text -> oneOf(Set.of("true", "false")).apply(text).equals("true");
  }

  /** One of a few words, exactly as written. */
  public static Function<String, String> oneOf(Set<String> words) {
    return text -> {
      if (words.contains(text.strip())) {
        return text.strip();
      }
      throw new IllegalArgumentException(
          "expected " + String.join(" or ", new TreeSet<>(words)) + ", got '" + text + "'");
    };
  }

  /** A path, absolute; relative ones are of the working directory. */
  public static Function<String, Path> path() {
    return text -> {
      try {
        return Path.of(text).toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
      }
    };
  }
}

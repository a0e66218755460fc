package dev.runlog.console.render;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
public final class Humans {

  /** What stands where there is nothing to say. */
  public static final String NOTHING = "–";

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Humans() {}

  /** A whole number with its thousands apart: {@code 12,345}. */
  public static String number(long number) {
    String digits = Long.toString(number);
    int first = number < 0 ? 1 : 0;
    StringBuilder grouped = new StringBuilder(digits);
    for (int comma = digits.length() - 3; comma > first; comma -= 3) {
      grouped.insert(comma, ',');
    }
    return grouped.toString();
  }

  /** A part of the whole in percent: {@code 12.5 %}. */
  public static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", part * 100);
  }

  /** The same of a part that is small: {@code 0.21 %}. */
  public static String finePercent(double part) {
    return String.format(Locale.ROOT, "%.2f %%", part * 100);
  }

  /** A difference in percent with its sign: {@code +2.0 %}. */
  public static String signedPercent(double part) {
    String digits = String.format(Locale.ROOT, "%+.1f", part * 100);
    return (digits.equals("-0.0") ? "+0.0" : digits) + " %";
  }

  /** US dollars, with more decimals the less it is: {@code $12.30}, {@code $0.0123}. */
  public static String dollars(BigDecimal dollars) {
    int decimals = dollars.abs().compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    boolean isTiny = dollars.signum() != 0 && dollars.abs().compareTo(new BigDecimal("0.001")) < 0;
    BigDecimal rounded = dollars.setScale(isTiny ? 6 : decimals, RoundingMode.HALF_EVEN);
    String fraction = rounded.abs().remainder(BigDecimal.ONE).toPlainString().substring(2);
    String sign = rounded.signum() < 0 ? "-" : "";
    return "$" + sign + number(rounded.abs().longValue()) + "." + fraction;
  }

  /** {@code 812 ms}, {@code 1.2 s}, {@code 3 m 04 s}, {@code 2 h 05 m} or {@code 3 d 04 h}. */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    long tenths = millis / 100;
    if (tenths < 600) {
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    long seconds = millis / 1000;
    if (seconds < 3600) {
      return pair(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return pair(seconds / 3600, "h", seconds / 60 % 60, "m");
    }
    return pair(seconds / 86_400, "d", seconds / 3600 % 24, "h");
  }

  /** Date and time of day in a zone, to the second. */
  public static String time(Instant instant, ZoneId zone) {
    return DATE_TIME.withZone(zone).format(instant);
  }

  /** The time of day of something of today, else its date. */
  public static String shortTime(Instant instant, Instant now, ZoneId zone) {
    boolean isToday = instant.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (isToday ? TIME_OF_DAY : DateTimeFormatter.ISO_LOCAL_DATE)
        .withZone(zone)
        .format(instant);
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return String.format(Locale.ROOT, "%d %s %02d %s", large, largeUnit, small, smallUnit);
  }
}

package dev.runlog.events.stats;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long calls took: how many took how many milliseconds. Two of them can be added without losing
 * exactness, which percentiles alone cannot. Immutable.
 *
 * @param callsByMillis number of calls for each latency in milliseconds; the tables of sums keep
 *     latencies of 100 ms and more to within one percent
 * @param totalMillis sum of the latencies, exact
 */
public record Latencies(SortedMap<Long, Long> callsByMillis, long totalMillis) {

  public static final Latencies NONE = new Latencies(new TreeMap<>());

  /** Of latencies that are known exactly. */
  public Latencies(SortedMap<Long, Long> callsByMillis) {
    this(callsByMillis, totalOf(callsByMillis));
  }

  public Latencies {
    callsByMillis = Collections.unmodifiableSortedMap(new TreeMap<>(callsByMillis));
  }

  public Latencies plus(Latencies other) {
    if (other.callsByMillis.isEmpty()) {
      return this;
    }
    SortedMap<Long, Long> sum = new TreeMap<>(callsByMillis);
    other.callsByMillis.forEach((millis, calls) -> sum.merge(millis, calls, Long::sum));
    return new Latencies(sum, totalMillis + other.totalMillis);
  }

  /** How many calls were timed. */
  public long count() {
    return callsByMillis.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The arithmetic mean, to the millisecond; empty when no call was timed. */
  public Optional<Duration> mean() {
    long count = count();
    return count == 0
        ? Optional.empty()
        : Optional.of(millis(Math.round((double) totalMillis / count)));
  }

  /**
   * The shortest latency that so many percent of the calls did not exceed (nearest rank); empty
   * when no call was timed.
   *
   * @param percent above 0, at most 100
   */
  public Optional<Duration> percentile(int percent) {
    if (percent <= 0 || percent > 100) {
      throw new IllegalArgumentException(
          "percentile " + percent + " does not exist; ask for 1 to 100");
    }
    // Rounded up in whole numbers: ceil(count * percent / 100).
    long rank = (count() * percent + 99) / 100;
    long seen = 0;
    for (var entry : callsByMillis.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return Optional.of(millis(entry.getKey()));
      }
    }
    return Optional.empty();
  }

  private static long totalOf(SortedMap<Long, Long> callsByMillis) {
    return callsByMillis.entrySet().stream()
        .mapToLong(entry -> entry.getKey() * entry.getValue())
        .sum();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}

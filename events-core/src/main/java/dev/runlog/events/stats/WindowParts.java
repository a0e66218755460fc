package dev.runlog.events.stats;

import dev.runlog.events.log.TimeWindow;
import java.util.List;
import java.util.stream.Stream;

/**
 * A window taken apart: the hours that lie in it as a whole, whose sums are ready, and what is left
 * at its ends, where the events themselves are read.
 *
 * @param hours from the beginning of the first whole hour to the end of the last one
 * @param edges the rest, in order; each shorter than an hour, or the whole window when it holds no
 *     whole hour
 */
record WindowParts(Span hours, List<Span> edges) {

  private static final long HOUR = 3_600_000;

  static WindowParts of(TimeWindow window) {
    long from = window.fromMillis();
    long until = window.untilMillis();
    Span hours = new Span(hourAtOrAfter(from), hourAtOrBefore(until));
    if (hours.isEmpty()) {
      return new WindowParts(hours, notEmpty(new Span(from, until)));
    }
    return new WindowParts(
        hours, notEmpty(new Span(from, hours.from()), new Span(hours.until(), until)));
  }

  private static long hourAtOrAfter(long millis) {
    return millis == Long.MIN_VALUE ? millis : -Math.floorDiv(-millis, HOUR) * HOUR;
  }

  private static long hourAtOrBefore(long millis) {
    return millis == Long.MAX_VALUE ? millis : Math.floorDiv(millis, HOUR) * HOUR;
  }

  private static List<Span> notEmpty(Span... spans) {
    return Stream.of(spans).filter(span -> !span.isEmpty()).toList();
  }
}

package dev.runlog.events.stats;

/**
 * A stretch of time in Unix epoch milliseconds.
 *
 * @param from its first millisecond
 * @param until the first millisecond after it
 */
record Span(long from, long until) {

  boolean isEmpty() {
    return from >= until;
  }
}

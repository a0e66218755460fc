package dev.runlog.events.log;

/** Id of an event: positive, ascending in the order of insertion, never reused. */
public record EventId(long value) implements Comparable<EventId> {

  public EventId {
    if (value <= 0) {
      throw new InvalidEventException(
          "event id " + value + " is not positive; ids are given out by the events table");
    }
  }

  @Override
  public int compareTo(EventId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

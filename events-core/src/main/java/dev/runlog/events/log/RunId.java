package dev.runlog.events.log;

/** Id of a run, one lifetime of one process: the id of its own {@code process.started} event. */
public record RunId(long value) implements Comparable<RunId> {

  public RunId {
    if (value <= 0) {
      throw new InvalidEventException(
          "run id " + value + " is not positive; ids are given out by the events table");
    }
  }

  @Override
  public int compareTo(RunId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

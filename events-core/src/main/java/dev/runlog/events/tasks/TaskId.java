package dev.runlog.events.tasks;

/** Id of a task: positive, ascending in the order of submission. */
public record TaskId(long value) {

  public TaskId {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "task id " + value + " is not positive; ids are shown by 'runlog tasks list'");
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

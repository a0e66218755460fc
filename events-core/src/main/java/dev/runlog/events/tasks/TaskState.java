package dev.runlog.events.tasks;

import java.util.Locale;

/** Where a task is. Each move is one transaction with the event that reports it. */
public enum TaskState {
  /**
   * Waits for a worker. Put here by {@code submit}, by a failed attempt that is retried, by a
   * planned stop and by the crash of the holder. A crash of anybody leaves it here.
   */
  QUEUED,
  /**
   * A run holds it. Put here by a worker's claim. When the holder dies, whoever logs its end moves
   * the task on in the same transaction; until then it stays here, and nobody else can finish it.
   */
  CLAIMED,
  /** Ended with a result, by its holder. Final. */
  DONE,
  /**
   * Ended without a result: the error was permanent, the attempts are used up, or too many holders
   * died.
   */
  FAILED,
  /** Taken out of the queue by a person, or dropped by its holder because a person asked. */
  CANCELLED;

  /** The name in the column {@code state}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists the names
   */
  public static TaskState ofWireName(String wireName) {
    for (TaskState state : values()) {
      if (state.wireName().equals(wireName)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "'" + wireName + "' is no state of a task; use queued, claimed, done, failed or cancelled");
  }

  /** Whether nothing more happens to the task by itself. */
  public boolean isFinal() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}

package dev.runlog.console.command;

import java.util.Locale;

/** What the calls of one line of the statistics have in common. */
public enum Grouping {
  MODEL,
  ROLE,
  INSTANCE,
  RUN;

  /**
   * Reads the word of the command line.
   *
   * @throws IllegalArgumentException when it is another; the message lists the words
   */
  public static Grouping of(String word) {
    for (Grouping grouping : values()) {
      if (grouping.toString().equals(word)) {
        return grouping;
      }
    }
    throw new IllegalArgumentException(
        "'" + word + "' is no group; use model, role, instance or run");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.runlog.events.control;

import java.util.Locale;

/** Where a command is. Each move is one transaction with the event that reports it. */
public enum CommandState {
  /**
   * Put here by whoever asks. It stays so until a supervisor takes it, or whoever asked gives up
   * waiting. A crash of both leaves it here for good: a later supervisor does not obey it.
   */
  ASKED,
  /** A supervisor has begun what was asked. Final. */
  OBEYED,
  /** A supervisor said why not, or whoever asked took it back. Final. */
  REFUSED;

  /** The name in the column {@code state}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CommandState ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}

package dev.runlog.events.control;

import java.util.Locale;

/** Where a command is. Each move is one transaction with the event that reports it. */
public enum CommandState {
  /**
   * Put here by whoever asks. It stays so until a supervisor takes it, or whoever asked gives up
   * waiting; a crash of either leaves it here, for the next supervisor of that name.
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

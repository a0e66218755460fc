package dev.runlog.supervisor.restart;

import java.util.Locale;

/** When a child that has ended is started again, beside the end of the supervisor itself. */
public enum RestartRule {
  /** However it ended. */
  ALWAYS,
  /** Only when it crashed, or asked for it by exit code 75. */
  ON_FAILURE,
  /** Not even after a crash. */
  NEVER;

  /** The name in a fleet file: {@code always}, {@code on-failure} or {@code never}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The rule of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists the names
   */
  public static RestartRule ofWireName(String wireName) {
    for (RestartRule rule : values()) {
      if (rule.wireName().equals(wireName)) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "'" + wireName + "' is no restart rule; use always, on-failure or never");
  }
}

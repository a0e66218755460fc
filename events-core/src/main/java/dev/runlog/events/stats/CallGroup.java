package dev.runlog.events.stats;

/** What calls are added up by. */
public enum CallGroup {
  MODEL,
  ROLE,
  INSTANCE
}

package dev.runlog.events.revisions;

import java.util.Locale;

/** What people ask of a revision. */
public enum Wish {
  /** Into the fleet, as soon as it is verified and no other is in flight. */
  PROMOTE,
  /** Out of the fleet, or not into it. */
  ROLLBACK;

  /** The name in events. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

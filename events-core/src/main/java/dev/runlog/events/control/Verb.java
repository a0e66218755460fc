package dev.runlog.events.control;

import java.util.Locale;

/** What a supervisor can be asked to do. */
public enum Verb {
  /** End an instance as planned and start it no more. */
  STOP,
  /** End an instance as planned, if it runs, and start it again; also one that gave up. */
  RESTART,
  /** Run so many of a role. */
  SCALE;

  /** The name in the column {@code verb} and on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Verb ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}

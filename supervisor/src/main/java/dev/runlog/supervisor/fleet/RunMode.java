package dev.runlog.supervisor.fleet;

import java.util.Locale;

/** How a program of a fleet file shows in the tree of runs. */
public enum RunMode {
  /** Under {@code runlog exec}, which is the run; for programs that know nothing of Runlog. */
  WRAPPED,
  /** It is a process of Runlog and logs its own {@code process.started}. */
  OWN,
  /** It is no run: only its supervisor's events tell of it. Saves the JVM of the wrapper. */
  NONE;

  /** The name in a fleet file. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists the names
   */
  public static RunMode ofWireName(String wireName) {
    for (RunMode mode : values()) {
      if (mode.wireName().equals(wireName)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "'" + wireName + "' is no way to run; use wrapped, own or none");
  }
}

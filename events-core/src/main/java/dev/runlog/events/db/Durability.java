package dev.runlog.events.db;

import java.util.Locale;

/** What an acknowledged event survives. */
public enum Durability {
  /** SIGKILL of any process and power loss: each commit is synced to the disk. */
  POWER("FULL"),
  /** SIGKILL of any process; power loss may take the last commits. */
  PROCESS("NORMAL");

  private final String sqliteSynchronous;

  Durability(String sqliteSynchronous) {
    this.sqliteSynchronous = sqliteSynchronous;
  }

  /** The name in RUNLOG_DURABILITY. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the name that RUNLOG_DURABILITY holds.
   *
   * @throws IllegalArgumentException when it is neither {@code power} nor {@code process}
   */
  public static Durability of(String wireName) {
    for (Durability durability : values()) {
      if (durability.wireName().equals(wireName)) {
        return durability;
      }
    }
    throw new IllegalArgumentException(
        "'" + wireName + "' is not a durability; use power or process");
  }

  String sqliteSynchronous() {
    return sqliteSynchronous;
  }
}

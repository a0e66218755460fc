package dev.runlog.events.tasks;

import java.util.Locale;

/** Tasks by which a supervisor sees that one worker answers, each of a kind of its own. */
public final class Probe {

  /** How the kinds of probes begin, and those of no other tasks. */
  public static final String PREFIX = "probe.";

  /** What a kind of task may have, less the prefix. */
  private static final int LONGEST_NAME = 58;

  private Probe() {}

  /** The kind of task that only the worker of this name claims. */
  public static String kindFor(String instanceId) {
    String name = instanceId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
    return PREFIX + name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** Whether tasks of a kind are probes. */
  public static boolean isProbe(String kind) {
    return kind.startsWith(PREFIX);
  }
}

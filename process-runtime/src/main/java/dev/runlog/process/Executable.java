package dev.runlog.process;

import dev.runlog.process.lifecycle.Grace;

/**
 * What is fixed about a program before anything is read.
 *
 * @param role its role in the events table, such as {@code worker}
 * @param naming its instance name when none is given
 * @param printsEvents whether its own events are also printed to standard output, as log lines
 * @param grace how long it may take to end once it was asked to
 */
public record Executable(String role, InstanceNaming naming, boolean printsEvents, Grace grace) {

  /** A program that is always called the same. */
  public static Executable named(String role, String instanceId) {
    return new Executable(role, new InstanceNaming.Fixed(instanceId), false, Grace.DEFAULT);
  }

  /** A program of which many run, each under the next worker name. */
  public static Executable numberedWorker(String role) {
    return new Executable(role, new InstanceNaming.NextWorker(), false, Grace.DEFAULT);
  }

  public Executable printingEvents() {
    return new Executable(role, naming, true, grace);
  }

  public Executable withGrace(Grace other) {
    return new Executable(role, naming, printsEvents, other);
  }
}

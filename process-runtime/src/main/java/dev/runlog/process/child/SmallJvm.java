package dev.runlog.process.child;

import java.util.List;

/**
 * How the JVM of a process is started that waits most of the time: a small heap in few threads,
 * since many of these share a machine, and an end instead of a limp when it is out of memory.
 */
public final class SmallJvm {

  /** The launcher {@code ./runlog} gives the same to a supervisor. */
  public static final List<String> ARGS =
      List.of(
          // A worker's encoding takes 60 MB; a JVM that may begin with a share of the machine takes
          // that.
          "-Xms24m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          // It waits for models and children; the second compiler would only cost memory and its
          // start.
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError");

  private SmallJvm() {}
}

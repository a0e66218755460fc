package dev.runlog.benchmarks.torture;

/** Something that makes the database unusable for a while. */
@FunctionalInterface
interface Calamity {

  /** Begins it. */
  Relief strike() throws Exception;

  /** What ends it. */
  @FunctionalInterface
  interface Relief {

    void come() throws Exception;
  }
}

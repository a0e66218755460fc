package dev.runlog.benchmarks;

/** What the figures were measured on. */
final class Machine {

  private Machine() {}

  static String describe() {
    return "%s %s, %d cores, Java %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version());
  }
}

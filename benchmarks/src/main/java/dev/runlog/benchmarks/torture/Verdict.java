package dev.runlog.benchmarks.torture;

/** What came of a torture. */
public enum Verdict {
  /** Everything held. */
  HELD("held"),
  /** Something did not. */
  BROKEN("BROKEN"),
  /** This machine lacks what it takes; nothing was tried. */
  SKIPPED("skipped");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}

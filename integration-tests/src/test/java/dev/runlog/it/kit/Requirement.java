package dev.runlog.it.kit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What a test needs of the machine that it runs on. */
public final class Requirement {

  private Requirement() {}

  /**
   * Skips the test when the condition does not hold; with {@code RUNLOG_REQUIRE_ALL=true} the test
   * fails instead, so that nothing is left out unnoticed.
   *
   * @param why what is missing
   */
  public static void orSkip(boolean condition, String why) {
    if (condition) {
      return;
    }
    if ("true".equals(System.getenv("RUNLOG_REQUIRE_ALL"))) {
      fail(why + "; RUNLOG_REQUIRE_ALL=true forbids to skip this test");
    }
    abort(why);
  }
}

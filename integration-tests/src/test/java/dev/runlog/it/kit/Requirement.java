package dev.runlog.it.kit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /**
   * Skips the test when whoever started this suite made it ignore a signal, as a shell does with
   * SIGINT for what it runs in the background: the processes of the test inherit that.
   *
   * @param number of the signal
   */
  public static void reachableBy(int number, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("SigIgn:") && isSet(number, line.substring("SigIgn:".length()).strip())) {
        abort(name + " is ignored by whatever started this suite, so no process can be sent it");
      }
    }
  }

  private static boolean isSet(int number, String hexMask) {
    return (Long.parseUnsignedLong(hexMask, 16) >>> (number - 1) & 1) == 1;
  }
}

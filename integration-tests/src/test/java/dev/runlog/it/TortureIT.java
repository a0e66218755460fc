package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runlog.benchmarks.torture.TortureMain;
import dev.runlog.benchmarks.torture.Verdict;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short form of what {@code ./runlog torture} does for hours. Without {@code frozen}, which has
 * to wait for leases of a minute to run out, and {@code soak}, which takes a minute itself.
 */
@Timeout(300)
class TortureIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workers",
        "supervisor",
        "children",
        "poison",
        "signals",
        "output",
        "locked",
        "disk",
        "postgres",
        "clock"
      })
  void nothingIsLost(String torture) throws Exception {
    Verdict verdict = TortureMain.judge(torture, true, System.out);
    if (!"true".equals(System.getenv("RUNLOG_REQUIRE_ALL"))) {
      assumeTrue(verdict != Verdict.SKIPPED, "this machine lacks what it takes, see the output");
    }
    assertThat(verdict).isEqualTo(Verdict.HELD);
  }
}

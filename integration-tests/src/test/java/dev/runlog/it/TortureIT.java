package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.benchmarks.torture.TortureMain;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short form of what {@code ./runlog torture} does for hours. Without {@code frozen}, which has
 * to wait for leases of a minute to run out.
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
        "queue",
        "locked"
      })
  void nothingIsLost(String torture) throws Exception {
    assertThat(TortureMain.holds(torture, true, System.out)).isTrue();
  }
}

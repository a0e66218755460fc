package dev.runlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.payload.LlmAccountingDrifted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

  private final DriftDetector detector = new DriftDetector();

  @Test
  void tellsOnceAWindowThatCountsHaveMovedAway() {
    List<LlmAccountingDrifted> drifts = new ArrayList<>();
    for (int call = 0; call < 100; call++) {
      detector.note("m", 90, 100).ifPresent(drifts::add);
      detector.note("other", 100, 100).ifPresent(drifts::add);
    }
    assertThat(drifts).hasSize(2);
    assertThat(drifts.get(0).modelName()).isEqualTo("m");
    assertThat(drifts.get(0).calls()).isEqualTo(50);
    assertThat(drifts.get(0).meanRelativeError()).isBetween(0.0999, 0.1001);
    assertThat(drifts.get(0).inputTokens()).isEqualTo(5_000);
  }

  @Test
  void isSilentAboutOddCalls() {
    for (int call = 0; call < 200; call++) {
      assertThat(detector.note("m", call % 50 == 0 ? 150 : 100, 100)).isEmpty();
    }
  }
}

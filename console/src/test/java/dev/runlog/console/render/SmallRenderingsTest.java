package dev.runlog.console.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.tasks.TaskCounts;
import dev.runlog.events.tasks.TaskState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallRenderingsTest {

  @ParameterizedTest
  @CsvSource({"0,''", "0.0001,▏", "0.5,█████", "0.55,█████▌", "1,██████████", "7,██████████"})
  void drawsBars(double part, String bar) {
    assertThat(Bar.of(part, 10)).isEqualTo(bar);
  }

  @Test
  void drawsIdsTogether() {
    assertThat(IdRanges.of(List.of(7L, 1L, 2L, 3L, 3L, 9L, 10L))).isEqualTo("1–3, 7, 9–10");
    assertThat(IdRanges.of(List.of())).isEmpty();
  }

  @Test
  void tellsProgressInALine() {
    TaskCounts counts =
        new TaskCounts(
            Map.of(
                TaskState.QUEUED, 3L,
                TaskState.CLAIMED, 2L,
                TaskState.DONE, 4L,
                TaskState.FAILED, 1L));

    assertThat(Progress.words(counts)).isEqualTo("5/10 · 2 running · 1 failed");
    assertThat(Progress.bar(counts))
        .isEqualTo("[" + "█".repeat(15) + "·".repeat(15) + "]  5/10 · 2 running · 1 failed");
  }

  @Test
  void keepsPrettyJsonTheSameJson() {
    assertThat(PrettyJson.of("{\"a\":\"\u009b\\n\"}")).isEqualTo("{\n  \"a\" : \"\\u009b\\n\"\n}");
    assertThat(PrettyJson.of("{broken\u0007")).isEqualTo("{broken\\u0007");
  }
}

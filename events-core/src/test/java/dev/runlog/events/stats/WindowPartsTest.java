package dev.runlog.events.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowPartsTest {

  private static final long HOUR = 3_600_000;

  @Test
  void readsWholeHoursAndTheRestAtBothEnds() {
    assertThat(parts(HOUR - 1, 5 * HOUR + 2))
        .isEqualTo(
            new WindowParts(
                new Span(HOUR, 5 * HOUR),
                List.of(new Span(HOUR - 1, HOUR), new Span(5 * HOUR, 5 * HOUR + 2))));
  }

  @Test
  void hasNoEdgesOnTheHour() {
    assertThat(parts(HOUR, 2 * HOUR))
        .isEqualTo(new WindowParts(new Span(HOUR, 2 * HOUR), List.of()));
  }

  @Test
  void readsAWindowWithoutAWholeHourAsItIs() {
    assertThat(parts(HOUR + 1, 3 * HOUR - 1).hours()).isEqualTo(new Span(2 * HOUR, 2 * HOUR));
    assertThat(parts(HOUR + 1, 3 * HOUR - 1).edges())
        .containsExactly(new Span(HOUR + 1, 3 * HOUR - 1));
    assertThat(parts(10, 10).edges()).isEmpty();
  }

  @Test
  void readsAllHoursOfAWindowWithoutEnds() {
    assertThat(WindowParts.of(TimeWindow.ALL))
        .isEqualTo(new WindowParts(new Span(Long.MIN_VALUE, Long.MAX_VALUE), List.of()));
  }

  private static WindowParts parts(long from, long until) {
    return WindowParts.of(
        new TimeWindow(
            Optional.of(Instant.ofEpochMilli(from)), Optional.of(Instant.ofEpochMilli(until))));
  }
}

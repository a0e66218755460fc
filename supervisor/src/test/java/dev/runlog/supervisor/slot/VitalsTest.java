package dev.runlog.supervisor.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VitalsTest {

  private static final RunId RUN = new RunId(7);

  private final Vitals vitals = new Vitals(Optional.of(seconds(60)), seconds(15), seconds(100));

  @Test
  void givesAChildItsTimeToBecomeARun() {
    assertThat(vitals.judge(seconds(159), Map.of())).isEmpty();
    assertThat(vitals.judge(seconds(160), Map.of())).contains("no process.started within 60 s");
  }

  @Test
  void waitsForAProgramThatNeverBecomesARunAsLongAsItLikes() {
    Vitals program = new Vitals(Optional.empty(), seconds(15), seconds(100));

    assertThat(program.judge(seconds(100_000), Map.of())).isEmpty();
  }

  @Test
  void doesNotJudgeARunThatNeverBeat() {
    vitals.becameRun(RUN, seconds(101));

    assertThat(vitals.judge(seconds(100_000), Map.of(new RunId(8), 1L))).isEmpty();
  }

  @Test
  void findsARunSilentWhoseBeatStaysTheSame() {
    vitals.becameRun(RUN, seconds(101));

    assertThat(vitals.judge(seconds(110), Map.of(RUN, 1L))).isEmpty();
    assertThat(vitals.judge(seconds(124), Map.of(RUN, 1L))).isEmpty();
    assertThat(vitals.judge(seconds(124), Map.of(RUN, 2L))).isEmpty();
    assertThat(vitals.judge(seconds(138), Map.of(RUN, 2L))).isEmpty();
    assertThat(vitals.judge(seconds(139), Map.of(RUN, 2L))).contains("no heartbeat for 15 s");
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}

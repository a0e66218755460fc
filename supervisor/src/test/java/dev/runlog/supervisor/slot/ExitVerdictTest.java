package dev.runlog.supervisor.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.RunId;
import dev.runlog.process.child.ChildExit;
import dev.runlog.supervisor.restart.RestartRule;
import dev.runlog.supervisor.slot.EndOfChild.Testimony;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitVerdictTest {

  @ParameterizedTest
  @CsvSource({
    "GOODBYE,        0,   RESTARTED, ENDED,   ENDED",
    "GOODBYE,        143, RESTARTED, ENDED,   ENDED",
    "GOODBYE,        7,   CRASHED,   CRASHED, CRASHED_FOR_GOOD",
    "NONE,           0,   CRASHED,   CRASHED, CRASHED_FOR_GOOD",
    "NONE,           137, CRASHED,   CRASHED, CRASHED_FOR_GOOD",
    "EXIT_CODE_ONLY, 0,   RESTARTED, ENDED,   ENDED",
    "EXIT_CODE_ONLY, 143, CRASHED,   CRASHED, CRASHED_FOR_GOOD",
    "GOODBYE,        75,  RECYCLED,  RECYCLED, ENDED",
    "NONE,           75,  RECYCLED,  RECYCLED, ENDED",
    "GOODBYE,        78,  FAULT,     FAULT,   FAULT",
    "NONE,           64,  FAULT,     FAULT,   FAULT"
  })
  void followsFromTheExitAndTheRule(
      Testimony testimony,
      int exitCode,
      ExitVerdict always,
      ExitVerdict onFailure,
      ExitVerdict never) {
    EndOfChild end = end(testimony, exitCode, Optional.empty());

    assertThat(ExitVerdict.of(end, RestartRule.ALWAYS)).isEqualTo(always);
    assertThat(ExitVerdict.of(end, RestartRule.ON_FAILURE)).isEqualTo(onFailure);
    assertThat(ExitVerdict.of(end, RestartRule.NEVER)).isEqualTo(never);
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS, RESTARTED", "ON_FAILURE, RESTARTED", "NEVER, ENDED"})
  void takesAChildThatFoundNoDatabaseAtItsStartForNoCrash(RestartRule rule, ExitVerdict verdict) {
    assertThat(ExitVerdict.of(endBeforeRun(69), rule)).isEqualTo(verdict);
  }

  @Test
  void takesARunThatEndsForWantOfAServiceForCrashed() {
    EndOfChild end = end(Testimony.NONE, 69, Optional.empty());

    assertThat(ExitVerdict.of(end, RestartRule.ALWAYS)).isEqualTo(ExitVerdict.CRASHED);
  }

  @Test
  void takesAChildThatHungForCrashedWhateverItSaidAtTheEnd() {
    EndOfChild end = end(Testimony.GOODBYE, 0, Optional.of("no heartbeat for 15 s"));

    assertThat(ExitVerdict.of(end, RestartRule.ALWAYS)).isEqualTo(ExitVerdict.CRASHED);
    assertThat(end.crashReason()).contains("no heartbeat for 15 s; it was killed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "3 | words; Terminating due to java.lang.OutOfMemoryError: Metaspace | out of memory: Metaspace",
        "3 | Terminating due to java.lang.OutOfMemoryError | out of memory",
        "1 | Terminating due to java.lang.OutOfMemoryError: Metaspace | -",
        "3 | another trouble | -"
      })
  void namesACrashForWantOfMemory(int exitCode, String output, String reason) {
    ChildExit exit = new ChildExit(exitCode, Optional.empty(), Duration.ZERO, output);

    assertThat(CrashReason.of(exit)).isEqualTo(Optional.ofNullable(reason));
  }

  private static EndOfChild endBeforeRun(int exitCode) {
    ChildExit exit = new ChildExit(exitCode, Optional.empty(), Duration.ofSeconds(2), "");
    return new EndOfChild("W00001", 42, Testimony.NONE, Optional.empty(), exit, Optional.empty());
  }

  private static EndOfChild end(Testimony testimony, int exitCode, Optional<String> killedFor) {
    ChildExit exit = new ChildExit(exitCode, Optional.empty(), Duration.ofSeconds(2), "");
    return new EndOfChild("W00001", 42, testimony, Optional.of(new RunId(7)), exit, killedFor);
  }
}

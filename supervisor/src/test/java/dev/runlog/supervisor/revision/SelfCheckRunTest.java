package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.process.ExitCode;
import dev.runlog.process.artifact.SelfCheckWords;
import dev.runlog.process.child.ChildCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Self-checks that are small programs instead of JVMs. */
class SelfCheckRunTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {ExitCode.UNAVAILABLE, ExitCode.TRY_AGAIN})
  void isStartedAgainWhenItWasTurnedAway(int exitCode) {
    Path been = directory.resolve("been-here");
    String turnedAwayOnce = "[ -e %s ] || { touch %s; exit %d; }; ".formatted(been, been, exitCode);
    assertThat(outcome(turnedAwayOnce + passes())).isInstanceOf(Check.Passed.class);
  }

  @Test
  void failsWithAnyOtherExitCode() {
    assertThat(outcome("echo no such schema; exit 78"))
        .isEqualTo(new Check.Failed("self-check: exit code 78: no such schema"));
    assertThat(outcome("exit 0"))
        .as("it never said that it passed")
        .isEqualTo(new Check.Failed("self-check: exit code 0, without a word"));
  }

  private static String passes() {
    return "trap 'exit 143' TERM; echo '%s'; while :; do sleep 0.05; done"
        .formatted(SelfCheckWords.PASSED);
  }

  /** Looks until it is over. */
  private Check outcome(String script) {
    SelfCheckRun run =
        SelfCheckRun.start(
            new ChildCommand(
                "self-check",
                "worker",
                List.of("sh", "-c", script),
                Map.of(),
                directory.resolve("self-check.log")));
    long start = System.nanoTime();
    try {
      while (true) {
        Check check = run.look();
        if (!(check instanceof Check.Running)) {
          return check;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } finally {
      run.kill();
    }
  }
}

package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.NameLock;
import dev.runlog.process.ExitCode;
import dev.runlog.process.RunContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NameKeeperTest {

  @TempDir Path directory;

  private EmbeddedRun run;

  @BeforeEach
  void prepare() {
    run = new EmbeddedRun(directory.resolve("runlog.db"));
  }

  @Test
  void turnsBackWhenAnotherHoldsTheNameAllTheTime() {
    int exitCode = run.run(context -> workUnder(answering(() -> false), context));

    assertThat(exitCode).isEqualTo(ExitCode.TRY_AGAIN);
    assertThat(run.err()).contains("supervisor-main is already running on this database");
  }

  @Test
  void endsWhenAnotherTookTheNameWhileTheServerWasAway() {
    Iterator<BooleanSupplier> answers =
        List.<BooleanSupplier>of(() -> true, NameKeeperTest::away, () -> true, () -> false)
            .iterator();
    int exitCode =
        run.run(context -> workUnder(answering(() -> answers.next().getAsBoolean()), context));

    assertThat(exitCode).isEqualTo(ExitCode.TRY_AGAIN);
    assertThat(run.err()).contains("another supervisor-main took the name");
    assertThat(answers).isExhausted();
  }

  /** Works until it is asked to end. */
  private static int workUnder(NameLock name, RunContext context) throws Exception {
    try (NameKeeper keeper =
        NameKeeper.hold(name, context, Duration.ofMillis(100), Duration.ofMillis(10))) {
      assertThat(context.shutdown().await(Duration.ofSeconds(30))).isTrue();
      keeper.requireHeld();
      return 0;
    }
  }

  private static boolean away() {
    throw new DatabaseException(DatabaseException.Kind.UNAVAILABLE, "the server is away");
  }

  private static NameLock answering(BooleanSupplier isHeld) {
    return new NameLock() {
      @Override
      public boolean hold() {
        return isHeld.getAsBoolean();
      }

      @Override
      public void close() {}
    };
  }
}

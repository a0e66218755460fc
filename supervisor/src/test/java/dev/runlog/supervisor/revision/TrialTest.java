package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.EmbeddedRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {

  private static final String SHA = "a".repeat(40);

  @TempDir Path directory;

  @Test
  void measuresNoBuildByItself() {
    onDatabase(
        context -> {
          Trial trial = new Trial(context.database(), () -> 0);
          crash(context, 1);
          trial.measureNow(revision(context), Optional.of(SHA));
          assertThat(trial.fresh().crashes()).isEqualTo(1);
          assertThat(trial.previous().crashes()).isZero();
        });
  }

  @Test
  void measuresAtOnceWhenAWorkerHasEnded() {
    onDatabase(
        context -> {
          Trial trial = new Trial(context.database(), () -> 0);
          trial.measure(revision(context), Optional.empty(), 0);
          crash(context, 1);
          trial.measure(revision(context), Optional.empty(), 0);
          assertThat(trial.fresh().crashes()).as("so soon after the first look").isZero();
          trial.measure(revision(context), Optional.empty(), 1);
          assertThat(trial.fresh().crashes()).isEqualTo(1);
        });
  }

  private void onDatabase(Consumer<RunContext> what) {
    new EmbeddedRun(directory.resolve("runlog.db")).succeed(what);
  }

  private static void crash(RunContext context, long pid) {
    context
        .log()
        .append(
            context.emitter(),
            new WorkerSpawned("W00001", pid, List.of("java"), Optional.of(SHA), 0));
    context
        .log()
        .append(
            context.emitter(),
            new WorkerCrashed(
                "W00001",
                Optional.empty(),
                pid,
                9,
                Optional.empty(),
                1,
                List.of(),
                Optional.empty(),
                "",
                Optional.empty()));
  }

  private static Revision revision(RunContext context) {
    return new Revision(
        1,
        context.instanceId(),
        SHA,
        1,
        "0".repeat(64),
        RevisionState.CANARY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of(context.runId().value()),
        Instant.EPOCH,
        context.runId(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }
}

package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.TaskDone;
import dev.runlog.events.payload.TaskFailed;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.events.payload.WorkerCrashed;
import dev.runlog.events.payload.WorkerSpawned;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.process.RunContext;
import dev.runlog.supervisor.EmbeddedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** What both went through in the window must not be set against better times of one of them. */
  @Test
  void looksNoFurtherBackWhenThePreviousBuildOnlyFailed() {
    onDatabase(
        context -> {
          Emitter old = spawn(context, "W00002", Optional.empty());
          for (int i = 0; i < 20; i++) {
            context.log().append(old, new TaskDone(i, "chat", 1, 1, 50));
          }
          long start = begin(context);
          for (int i = 0; i < CanaryJudge.FEWEST_TASKS; i++) {
            context.log().append(old, failed(i));
          }
          Trial trial = new Trial(context.database(), () -> 0);
          trial.measureNow(revision(context, start), Optional.empty());
          assertThat(trial.previous().tasks()).isEqualTo(CanaryJudge.FEWEST_TASKS);
          assertThat(trial.previous().failed()).isEqualTo(CanaryJudge.FEWEST_TASKS);
        });
  }

  @Test
  void looksBackWhenThePreviousBuildDidNextToNothing() {
    onDatabase(
        context -> {
          Emitter old = spawn(context, "W00002", Optional.empty());
          context.log().append(old, new TaskDone(1, "chat", 1, 1, 50));
          long start = begin(context);
          Trial trial = new Trial(context.database(), () -> 0);
          trial.measureNow(revision(context, start), Optional.empty());
          assertThat(trial.previous().tasks()).isEqualTo(1);
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

  private static Emitter spawn(RunContext context, String name, Optional<String> revision) {
    context
        .log()
        .append(context.emitter(), new WorkerSpawned(name, 7, List.of("java"), revision, 0));
    return context
        .log()
        .start(
            Optional.of(context.runId()),
            name,
            "worker",
            new ProcessStarted("1.0", 7, "host", "17", 0));
  }

  /** Returns the event from which on both builds are compared. */
  private static long begin(RunContext context) {
    return context.log().append(context.emitter(), new UserEvent("trial.begun", Map.of())).value();
  }

  private static TaskFailed failed(long task) {
    return new TaskFailed(
        task, "chat", 1, Optional.of(1L), Optional.of(10L), "no", false, Optional.empty());
  }

  private static Revision revision(RunContext context) {
    return revision(context, context.runId().value());
  }

  private static Revision revision(RunContext context, long windowStart) {
    assertThat(context.instanceId()).isEqualTo("supervisor-main");
    return SampleRevision.in(RevisionState.CANARY).measuredFrom(windowStart).unasked();
  }
}

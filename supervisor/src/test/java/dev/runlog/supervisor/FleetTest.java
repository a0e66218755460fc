package dev.runlog.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.revisions.RevisionStore;
import dev.runlog.process.ExitCode;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.supervisor.revision.Rollout;
import dev.runlog.supervisor.revision.RolloutRules;
import dev.runlog.supervisor.revision.TransitionWatch;
import dev.runlog.supervisor.slot.SlotSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fleet runs, also while the worker that came with it is away. */
class FleetTest {

  private static final String SHA = "a".repeat(40);

  @TempDir Path directory;

  private EmbeddedRun run;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    run = new EmbeddedRun(directory.resolve("runlog.db"));
    jar = Files.writeString(directory.resolve("worker.jar"), "content");
  }

  @Test
  void isScaledAlsoOnceItsWorkerIsGone() {
    run.succeed(
        context -> {
          Fleet fleet = fleet(context);
          delete(jar);
          assertThat(fleet.crew("worker", 3))
              .extracting(SlotSpec::instanceId)
              .containsExactly("W00001", "W00002", "W00003");
        });
  }

  @Test
  void startsWithAPermanentRevisionThoughItsWorkerIsGone() {
    run.succeed(
        context -> {
          makePermanent(context);
          delete(jar);
          Fleet fleet = fleet(context);
          List<SlotSpec> slots = fleet.workers();
          try (Rollout rollout = fleet.rollout(slots, TransitionWatch.NONE)) {
            rollout.step(List.of());
            assertThat(rollout.launchOf(slots.get(0)).revision()).contains(SHA);
          }
          assertThat(fleet.spares(1, slots).areWanted()).isTrue();
        });
  }

  @Test
  void doesNotStartWhereNothingCanRun() throws IOException {
    Files.delete(jar);
    int exitCode =
        run.run(
            context -> {
              Fleet fleet = fleet(context);
              fleet.rollout(fleet.workers(), TransitionWatch.NONE).close();
              return ExitCode.OK;
            });
    assertThat(exitCode).isEqualTo(ExitCode.MISCONFIGURED);
    assertThat(run.err())
        .contains("worker.jar was not found (looked at: " + jar + "); RUNLOG_WORKER_JAR names it");
  }

  @Test
  void needsNoWorkerForOtherPrograms() {
    run.succeed(
        context -> {
          delete(jar);
          Fleet fleet = fleet(context);
          SlotSpec other = fleet.slot("other", "other", List.of("true"), Map.of());
          fleet.rollout(List.of(other), TransitionWatch.NONE).close();
        });
  }

  private Fleet fleet(RunContext context) {
    return new Fleet(
        context,
        new SupervisorSettings(
            2, Optional.of(jar), Optional.empty(), Optional.empty(), RolloutRules.USUAL));
  }

  /** Hands the jar in and lets it go all its way at once. */
  private void makePermanent(RunContext context) {
    String hash = Artifacts.hashOf(jar);
    new Artifacts(context.database().localPath()).keep(SHA, jar, hash);
    RevisionStore store =
        new RevisionStore(context.database(), context.log(), InstantSource.system());
    store.register(context.emitter(), context.instanceId(), SHA, hash, true);
    for (RevisionState next :
        List.of(
            RevisionState.VERIFYING,
            RevisionState.CANDIDATE,
            RevisionState.CANARY,
            RevisionState.ROLLING,
            RevisionState.ACTIVE,
            RevisionState.PERMANENT)) {
      Revision now =
          new RevisionQuery(context.database()).newest(context.instanceId(), SHA).orElseThrow();
      store.move(context.emitter(), now, next, Optional.empty(), Optional.empty());
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

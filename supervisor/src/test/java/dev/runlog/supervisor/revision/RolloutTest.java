package dev.runlog.supervisor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.events.revisions.RevisionState;
import dev.runlog.events.revisions.RevisionStore;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.supervisor.EmbeddedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RolloutTest {

  private static final String SHA = "a".repeat(40);

  @TempDir Path directory;

  private EmbeddedRun run;
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    run = new EmbeddedRun(directory.resolve("runlog.db"));
    jar = Files.writeString(directory.resolve("built.jar"), "content");
  }

  @Test
  void rejectsABuildWhoseCheckCannotBeStarted() {
    Revision after =
        step(
            context -> {
              register(context);
              rollout(context, List.of("/no/such/program")).step(List.of());
            });
    assertThat(after.state()).isEqualTo(RevisionState.REJECTED);
    assertThat(after.reason().orElse("")).contains("self-check: ", "/no/such/program");
  }

  /** A path that is too long to be looked at stands for a directory of another user. */
  @Test
  void outlivesADirectoryThatItCannotRemove() throws IOException {
    Path home = directory.resolve("runlog.db.revisions").resolve(SHA);
    Path near = deep(home);
    Path far = deep(directory.resolve("far"));
    Path tooLong = near.resolve("far");
    Revision after =
        step(
            context -> {
              register(context);
              Files.move(directory.resolve("far"), tooLong);
              rollout(context, List.of("/no/such/program")).step(List.of());
              rollout(context, List.of("/no/such/program")).step(List.of());
            });
    Files.move(tooLong, directory.resolve("far"));
    assertThat(after.state()).isEqualTo(RevisionState.REJECTED);
    assertThat(far).exists();
  }

  @Test
  void removesNoJarWhileSomebodyAddsOne() throws IOException {
    Path incoming = directory.resolve("runlog.db.revisions").resolve(SHA).resolve("worker.jar");
    step(
        context -> {
          register(context);
          Rollout rollout = rollout(context, List.of("/no/such/program"));
          artifacts(context).alone(Duration.ZERO, () -> rollout.step(List.of()));
          assertThat(incoming).as("its only attempt is over, but it is added again").exists();
          rollout(context, List.of("/no/such/program")).step(List.of());
          assertThat(incoming).doesNotExist();
        });
  }

  private static Path deep(Path top) throws IOException {
    Path deepest = top;
    for (int i = 0; i < 15; i++) {
      deepest = deepest.resolve("0".repeat(200));
    }
    return Files.createDirectories(deepest);
  }

  private interface Steps {
    void on(RunContext context) throws Exception;
  }

  /** How the build is after some steps of a supervisor, which must outlive them. */
  private Revision step(Steps steps) {
    Revision[] last = new Revision[1];
    ProcessMain main =
        context -> {
          steps.on(context);
          last[0] =
              new RevisionQuery(context.database()).newest(context.instanceId(), SHA).orElseThrow();
          return 0;
        };
    assertThat(run.run(main)).as(run.err()).isZero();
    return last[0];
  }

  private void register(RunContext context) {
    String hash = Artifacts.hashOf(jar);
    artifacts(context).keep(SHA, jar, hash);
    new RevisionStore(context.database(), context.log(), InstantSource.system())
        .register(context.emitter(), context.instanceId(), SHA, hash, true);
  }

  private Rollout rollout(RunContext context, List<String> command) {
    BaseJar base = new BaseJar(jar, artifacts(context), context.instanceId(), System.err);
    Builds builds = new Builds(artifacts(context), path -> command, base);
    return new Rollout(
        context,
        builds,
        RolloutRules.USUAL,
        directory.resolve("self-check.log"),
        TransitionWatch.NONE);
  }

  private static Artifacts artifacts(RunContext context) {
    return new Artifacts(context.database().localPath());
  }
}

package dev.runlog.console.command;

import dev.runlog.console.render.RevisionJson;
import dev.runlog.events.revisions.InvalidRevisionException;
import dev.runlog.events.revisions.Revision;
import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.events.revisions.RevisionStore;
import dev.runlog.events.revisions.Wish;
import dev.runlog.process.ExitCode;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.artifact.Artifacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands in a build. */
@Command(
    name = "add",
    description = {
      "Register a build of the worker: its jar is copied beside the database, and its supervisor"
          + " checks it. With --promote it then goes into the fleet by itself."
    })
public final class RevisionAddCommand implements Callable<Integer> {

  /** Nobody needs the jars for longer than it takes to copy one. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final RunlogCommand root;

  @Mixin private final OfSupervisor supervisor = new OfSupervisor();

  @Parameters(paramLabel = "JAR", description = "The executable jar of the worker.")
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private Path jar;

  @Option(
      names = "--revision",
      paramLabel = "SHA",
      description =
          "The git SHA of the build; else what its manifest says, else the commit of the git tree"
              + " that it lies in.")
  private Optional<String> revision = Optional.empty();

  @Option(
      names = "--promote",
      description = "Let it go into the fleet once it is verified and no other is in flight.")
  private boolean promotes;

  public RevisionAddCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    // A wrong path must leave no file.
    root.reading(database -> ExitCode.OK);
    return root.writing(this::add);
  }

  private int add(RunContext context) throws InterruptedException {
    try {
      Path file = jar.toAbsolutePath().normalize();
      String hash = Artifacts.hashOf(file);
      String sha = new ShaOfBuild(file).find(revision);
      Artifacts artifacts = new Artifacts(context.database().localPath());
      // What is found must still be so when it is acted on: another add may come, or a collection.
      Added added =
          artifacts.alone(
              LONGEST_WAIT,
              () ->
                  isRepair(context, sha, hash)
                      ? repair(context, artifacts, sha, file, hash)
                      : register(context, artifacts, sha, file, hash));
      tell(added);
      return ExitCode.OK;
    } catch (InvalidRevisionException | ArtifactException e) {
      throw OfSupervisor.refused(e);
    }
  }

  /**
   * What was done.
   *
   * @param row the revision after that
   * @param what for people
   */
  private record Added(Revision row, String what) {}

  private boolean isRepair(RunContext context, String sha, String hash) {
    return new RevisionQuery(context.database())
        .of(supervisor.name()).stream()
            .filter(row -> row.revision().equals(sha) && row.artifactSha256().equals(hash))
            .anyMatch(row -> !row.state().isFinal());
  }

  private Added repair(
      RunContext context, Artifacts artifacts, String sha, Path file, String hash) {
    artifacts.keep(sha, file, hash);
    Revision before = newest(context, sha);
    boolean asks = promotes && before.promoteRequestedAt().isEmpty();
    if (asks) {
      store(context).request(context.emitter(), before, Wish.PROMOTE);
    }
    Revision now = newest(context, sha);
    return new Added(
        now,
        "is registered already and is "
            + now.state().wireName()
            + "; its jar is in place"
            + (asks ? "; it goes into the fleet once it is verified" : ""));
  }

  private Revision newest(RunContext context, String sha) {
    return new RevisionQuery(context.database()).newest(supervisor.name(), sha).orElseThrow();
  }

  private Added register(
      RunContext context, Artifacts artifacts, String sha, Path file, String hash) {
    // Before the jar is kept: it would take the place of that of another build of this name.
    new RevisionQuery(context.database()).requireFree(supervisor.name(), sha, hash);
    artifacts.keep(sha, file, hash);
    Revision registered =
        store(context).register(context.emitter(), supervisor.name(), sha, hash, promotes);
    return new Added(
        registered,
        promotes
            ? "is registered; it goes into the fleet once it is verified"
            : "is registered; 'runlog revision promote " + sha + "' lets it into the fleet");
  }

  private RevisionStore store(RunContext context) {
    return new RevisionStore(context.database(), context.log(), root.terminal().clock());
  }

  private void tell(Added added) {
    Revision row = added.row();
    if (root.isJson()) {
      root.print(RevisionJson.of(row));
    } else {
      root.terminal()
          .out()
          .println(
              "revision " + row.revision() + ", attempt " + row.attempt() + ", " + added.what());
    }
  }
}

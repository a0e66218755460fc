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
      return isRepair(context, sha, hash)
          ? repair(context, sha, file, hash)
          : register(context, sha, file, hash);
    } catch (InvalidRevisionException | ArtifactException e) {
      throw OfSupervisor.refused(e);
    }
  }

  private boolean isRepair(RunContext context, String sha, String hash) {
    return new RevisionQuery(context.database())
        .of(supervisor.name()).stream()
            .filter(row -> row.revision().equals(sha) && row.artifactSha256().equals(hash))
            .anyMatch(row -> !row.state().isFinal());
  }

  private int repair(RunContext context, String sha, Path file, String hash) {
    Artifacts artifacts = new Artifacts(context.database().localPath());
    artifacts.keep(sha, file, hash);
    Revision row =
        new RevisionQuery(context.database()).newest(supervisor.name(), sha).orElseThrow();
    boolean asks = promotes && row.promoteRequestedAt().isEmpty();
    if (asks) {
      store(context).request(context.emitter(), row, Wish.PROMOTE);
    }
    tell(
        row,
        "is registered already and is "
            + row.state().wireName()
            + "; its jar is in place"
            + (asks ? "; it goes into the fleet once it is verified" : ""));
    return ExitCode.OK;
  }

  private RevisionStore store(RunContext context) {
    return new RevisionStore(context.database(), context.log(), root.terminal().clock());
  }

  private int register(RunContext context, String sha, Path file, String hash)
      throws InterruptedException {
    new RevisionQuery(context.database()).requireFree(supervisor.name(), sha, hash);
    Artifacts artifacts = new Artifacts(context.database().localPath());
    Revision registered =
        artifacts.alone(
            LONGEST_WAIT,
            () -> {
              artifacts.keep(sha, file, hash);
              return store(context)
                  .register(context.emitter(), supervisor.name(), sha, hash, promotes);
            });
    tell(
        registered,
        promotes
            ? "is registered; it goes into the fleet once it is verified"
            : "is registered; 'runlog revision promote " + sha + "' lets it into the fleet");
    return ExitCode.OK;
  }

  private void tell(Revision row, String what) {
    if (root.isJson()) {
      root.print(RevisionJson.of(row));
    } else {
      root.terminal()
          .out()
          .println("revision " + row.revision() + ", attempt " + row.attempt() + ", " + what);
    }
  }
}

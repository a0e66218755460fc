package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.Revision;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.process.artifact.JarRevision;
import dev.runlog.supervisor.slot.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The jars of the worker: those of revisions, and the one that came with the supervisor. */
public final class Builds {

  private final Artifacts artifacts;
  private final Function<Path, List<String>> command;
  private final Path builtIn;
  private final JarRevision builtInRevision;

  /**
   * @param command what runs a jar
   * @param builtIn the worker that came with the supervisor
   */
  public Builds(Artifacts artifacts, Function<Path, List<String>> command, Path builtIn) {
    this.artifacts = artifacts;
    this.command = command;
    this.builtIn = builtIn;
    this.builtInRevision = new JarRevision(builtIn);
  }

  /**
   * What runs a revision, or the worker that came with the supervisor; its hash is checked.
   *
   * @throws ArtifactException when its jar is missing or is another one than was registered
   */
  Launch launchOf(Optional<Revision> build) {
    problemOf(build)
        .ifPresent(
            problem -> {
              throw new ArtifactException(problem);
            });
    return new Launch(commandOf(build), shaOf(build));
  }

  /** The command line of a build, whether its jar is there or not. */
  List<String> commandOf(Optional<Revision> build) {
    return command.apply(jarOf(build));
  }

  /** What runs its self-check. */
  List<String> checkCommandOf(Revision revision, String option) {
    List<String> words = new ArrayList<>(commandOf(Optional.of(revision)));
    words.add(option);
    return words;
  }

  /** The SHA under which its workers are logged; empty for one that nobody knows. */
  Optional<String> shaOf(Optional<Revision> build) {
    return build
        .map(Revision::revision)
        .or(() -> Files.isRegularFile(builtIn) ? builtInSha() : Optional.empty());
  }

  /** Why its jar cannot be used, empty when it can. */
  Optional<String> problemOf(Optional<Revision> build) {
    if (build.isPresent()) {
      Revision revision = build.get();
      return artifacts.problemOf(revision.revision(), revision.artifactSha256());
    }
    return Files.isRegularFile(builtIn)
        ? Optional.empty()
        : Optional.of(builtIn + ", the worker that came with the supervisor, is missing");
  }

  private Path jarOf(Optional<Revision> build) {
    return build.map(revision -> artifacts.fileOf(revision.revision())).orElse(builtIn);
  }

  /** A worker of the user's own need be no jar of our making. */
  private Optional<String> builtInSha() {
    try {
      return builtInRevision.read();
    } catch (ArtifactException e) {
      return Optional.empty();
    }
  }
}

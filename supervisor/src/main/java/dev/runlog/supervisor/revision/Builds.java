package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.Revision;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.supervisor.slot.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The jars of the worker: those of revisions, and the one that came with the supervisor. */
public final class Builds {

  private final Artifacts artifacts;
  private final Function<Path, List<String>> command;
  private final BaseJar base;

  /**
   * @param command what runs a jar
   * @param base the worker that came with the supervisor
   */
  public Builds(Artifacts artifacts, Function<Path, List<String>> command, BaseJar base) {
    this.artifacts = artifacts;
    this.command = command;
    this.base = base;
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
    return build.map(Revision::revision).or(base::revision);
  }

  /** Why its jar cannot be used, empty when it can. */
  Optional<String> problemOf(Optional<Revision> build) {
    if (build.isPresent()) {
      Revision revision = build.get();
      return artifacts.problemOf(revision.revision(), revision.artifactSha256());
    }
    return base.problem();
  }

  /**
   * Whether a supervisor that starts now has anything that its slots can run.
   *
   * @param rows the revisions of the supervisor
   */
  public boolean isAnyUsable(List<Revision> rows) {
    return problemOf(Optional.empty()).isEmpty()
        || rows.stream()
            .filter(row -> Focus.mayRun(row.state(), row.promoteRequestedAt().isPresent()))
            .anyMatch(revision -> problemOf(Optional.of(revision)).isEmpty());
  }

  /** Keeps the worker that came with the supervisor against a build that is written over it. */
  void keepBase() {
    base.keep();
  }

  private Path jarOf(Optional<Revision> build) {
    return build.map(revision -> artifacts.fileOf(revision.revision())).orElseGet(base::file);
  }
}

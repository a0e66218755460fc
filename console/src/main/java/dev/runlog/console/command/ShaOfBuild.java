package dev.runlog.console.command;

import dev.runlog.events.revisions.InvalidRevisionException;
import dev.runlog.events.revisions.RevisionName;
import dev.runlog.process.artifact.BuildManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the git SHA that names a build. */
final class ShaOfBuild {

  private final Path jar;

  ShaOfBuild(Path jar) {
    this.jar = jar;
  }

  /**
   * What a person says, else what the manifest says, else the commit of the git tree that the jar
   * lies in.
   *
   * @throws InvalidRevisionException when nobody says, it is no SHA, or there are changes that no
   *     commit has
   */
  String find(Optional<String> said) {
    return RevisionName.require(
        said.or(this::ofManifest).or(this::ofGit).orElseThrow(this::unknown));
  }

  private Optional<String> ofManifest() {
    if (BuildManifest.hasUncommittedChanges(jar)) {
      throw uncommitted("it was built from changes that are not committed");
    }
    return BuildManifest.revisionOf(jar);
  }

  private Optional<String> ofGit() {
    Optional<String> commit = commitAround();
    if (commit.filter(name -> name.endsWith(BuildManifest.DIRTY)).isPresent()) {
      throw uncommitted("the git tree that it lies in has changes that are not committed");
    }
    return commit;
  }

  private InvalidRevisionException uncommitted(String why) {
    return new InvalidRevisionException(
        "no commit names "
            + jar
            + ": "
            + why
            + "; commit and build again, or name it yourself with --revision SHA");
  }

  private InvalidRevisionException unknown() {
    return new InvalidRevisionException(
        "neither the manifest of "
            + jar
            + " ("
            + BuildManifest.ATTRIBUTE
            + ") nor git says which commit it was built from; say so with --revision SHA");
  }

  /** The whole SHA, with {@link BuildManifest#DIRTY} behind it when tracked files differ. */
  private Optional<String> commitAround() {
    Path directory = Optional.ofNullable(jar.getParent()).orElse(jar);
    ProcessBuilder git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=64", "--exclude=*")
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = git.start();
      String name =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(name) : Optional.empty();
    } catch (IOException e) {
      // No git here; the caller says what a person can do.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

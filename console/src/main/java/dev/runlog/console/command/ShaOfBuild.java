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
   * @throws InvalidRevisionException when nobody says, or it is no SHA
   */
  String find(Optional<String> said) {
    return RevisionName.require(
        said.or(() -> BuildManifest.revisionOf(jar)).or(this::ofGit).orElseThrow(this::unknown));
  }

  private InvalidRevisionException unknown() {
    return new InvalidRevisionException(
        "neither the manifest of "
            + jar
            + " ("
            + BuildManifest.ATTRIBUTE
            + ") nor git says which commit it was built from; say so with --revision SHA");
  }

  private Optional<String> ofGit() {
    Path directory = Optional.ofNullable(jar.getParent()).orElse(jar);
    ProcessBuilder git =
        new ProcessBuilder("git", "-C", directory.toString(), "rev-parse", "HEAD")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = git.start();
      String sha =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(sha) : Optional.empty();
    } catch (IOException e) {
      // No git here; the caller says what a person can do.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

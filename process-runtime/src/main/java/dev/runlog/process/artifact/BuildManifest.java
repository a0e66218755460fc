package dev.runlog.process.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What the manifest of a jar says of the build. */
public final class BuildManifest {

  /** The attribute that Runlog's own build writes: the git SHA that the jar was built from. */
  public static final String ATTRIBUTE = "Implementation-Build";

  private BuildManifest() {}

  /**
   * The SHA that a jar was built from; empty when its manifest does not say, as in a build without
   * git, or says that changes were not committed.
   *
   * @throws ArtifactException when the file is no jar
   */
  public static Optional<String> revisionOf(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      return manifest == null
          ? Optional.empty()
          : Optional.ofNullable(manifest.getMainAttributes().getValue(ATTRIBUTE))
              .filter(sha -> sha.matches("[0-9a-f]{7,64}"));
    } catch (IOException e) {
      throw new ArtifactException(jar + " is no jar that can be read: " + e.getMessage(), e);
    }
  }
}

package dev.runlog.process.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/** What the manifest of a jar says of the build. */
public final class BuildManifest {

  /**
   * The attribute that Runlog's own build writes: the git SHA that the jar was built from, with
   * {@value #DIRTY} behind it when there were changes that were not committed.
   */
  public static final String ATTRIBUTE = "Implementation-Build";

  /** What git, too, puts behind the name of a commit that something was changed since. */
  public static final String DIRTY = "-dirty";

  /** The attribute in which a worker's jar names the options that it takes, apart by blanks. */
  public static final String WORKER_OPTIONS = "Runlog-Worker-Options";

  private BuildManifest() {}

  /**
   * Whether a worker's jar says that it takes an option. One that does not say may be a program
   * that looks at no arguments at all, and would begin to work.
   */
  public static boolean takes(Path jar, String option) {
    try {
      return attribute(jar, WORKER_OPTIONS)
          .map(options -> List.of(options.split(" ")).contains(option))
          .orElse(false);
    } catch (ArtifactException e) {
      return false;
    }
  }

  /**
   * The SHA that a jar was built from; empty when its manifest does not say, as in a build without
   * git, or says that changes were not committed.
   *
   * @throws ArtifactException when the file is no jar
   */
  public static Optional<String> revisionOf(Path jar) {
    return attribute(jar, ATTRIBUTE).filter(sha -> sha.matches("[0-9a-f]{7,64}"));
  }

  /**
   * Whether the manifest says that the jar holds changes that no commit has.
   *
   * @throws ArtifactException when the file is no jar
   */
  public static boolean hasUncommittedChanges(Path jar) {
    return attribute(jar, ATTRIBUTE).filter(build -> build.endsWith(DIRTY)).isPresent();
  }

  private static Optional<String> attribute(Path jar, String name) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      return Optional.ofNullable(file.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue(name));
    } catch (IOException e) {
      throw new ArtifactException(jar + " is no jar that can be read: " + e.getMessage(), e);
    }
  }
}

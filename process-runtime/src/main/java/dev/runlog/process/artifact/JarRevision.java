package dev.runlog.process.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SHA that a jar was built from. The manifest is only read again when the file has changed, for
 * to open a jar of many classes takes longer than to start a process from it. Not thread-safe.
 */
public final class JarRevision {

  private record Stamp(FileTime modified, long size) {}

  private final Path jar;
  private @Nullable Stamp readAt;
  private Optional<String> revision = Optional.empty();

  public JarRevision(Path jar) {
    this.jar = jar;
  }

  /**
   * What {@link BuildManifest#revisionOf} says of the file as it is now.
   *
   * @throws ArtifactException when the file is missing or no jar
   */
  public Optional<String> read() {
    Stamp now = stamp();
    if (!now.equals(readAt)) {
      revision = BuildManifest.revisionOf(jar);
      readAt = now;
    }
    return revision;
  }

  private Stamp stamp() {
    try {
      BasicFileAttributes file = Files.readAttributes(jar, BasicFileAttributes.class);
      return new Stamp(file.lastModifiedTime(), file.size());
    } catch (IOException e) {
      throw new ArtifactException(jar + " cannot be read: " + e, e);
    }
  }
}

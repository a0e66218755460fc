package dev.runlog.events.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new directory for files that nobody needs afterwards. Whoever makes it closes it, which deletes
 * it. What a killed process left behind is deleted by the next one that makes such a directory, an
 * hour after something was last put into it: a copy of a database is not to lie around.
 */
public final class ScratchDirectory implements AutoCloseable {

  private static final Duration LONGEST_USE = Duration.ofHours(1);

  private final Path path;

  private ScratchDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes one among the temporary files, for this user's eyes only.
   *
   * @param purpose a word of its name
   */
  public static ScratchDirectory of(String purpose) throws IOException {
    return in(Path.of(System.getProperty("java.io.tmpdir")), purpose, Instant.now());
  }

  static ScratchDirectory in(Path parent, String purpose, Instant now) throws IOException {
    String prefix = "runlog-" + purpose + "-";
    leftIn(parent, prefix, now.minus(LONGEST_USE)).forEach(ScratchDirectory::tryToDelete);
    return new ScratchDirectory(Files.createTempDirectory(parent, prefix));
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    DirectoryTree.delete(path);
  }

  private static List<Path> leftIn(Path parent, String prefix, Instant newest) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(path -> path.getFileName().toString().matches(prefix + "[0-9]+"))
          .filter(path -> isOlder(path, newest))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isOlder(Path path, Instant newest) {
    try {
      return Files.getLastModifiedTime(path).toInstant().isBefore(newest);
    } catch (IOException e) {
      // Somebody else deletes it.
      return false;
    }
  }

  private static void tryToDelete(Path left) {
    try {
      DirectoryTree.delete(left);
    } catch (IOException e) {
      // Another user's, or deleted by somebody else just now.
    }
  }
}

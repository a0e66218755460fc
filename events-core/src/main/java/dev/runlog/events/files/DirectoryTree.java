package dev.runlog.events.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory with all that is in it. */
public final class DirectoryTree {

  private DirectoryTree() {}

  /**
   * Deletes it; links in it are deleted, not followed. What somebody else deletes meanwhile does
   * not matter.
   *
   * @throws IOException when something cannot be deleted; the rest may be gone by then
   */
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}

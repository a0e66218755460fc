package dev.runlog.benchmarks.measure;

import dev.runlog.events.files.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new directory for the files of one benchmark or torture. Closing it deletes it. */
public record Scratch(Path directory) implements AutoCloseable {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  /**
   * Makes a new directory inside another one.
   *
   * @param parent created where it is missing; on the disk that is to be measured
   */
  public static Scratch in(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new Scratch(Files.createTempDirectory(parent, "runlog-bench").toRealPath());
  }

  /** Makes a new directory where the disk does not matter. */
  public static Scratch temporary() throws IOException {
    return in(TEMPORARY);
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  @Override
  public void close() throws IOException {
    DirectoryTree.delete(directory);
  }
}

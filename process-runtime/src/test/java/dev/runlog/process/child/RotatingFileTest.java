package dev.runlog.process.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {

  @TempDir Path directory;

  @Test
  void putsFullFilesAsideAndDropsTheOldest() throws IOException {
    Path file = directory.resolve("new").resolve("W00001.log");
    try (RotatingFile log = RotatingFile.open(file, new LogLimits(4, 2))) {
      for (String chunk : new String[] {"11", "22", "33", "4444", "5", "666666"}) {
        write(log, chunk);
      }
    }
    assertThat(file).hasContent("666666");
    assertThat(file.resolveSibling("W00001.log.1")).hasContent("5");
    assertThat(file.resolveSibling("W00001.log.2")).hasContent("4444");
    assertThat(file.resolveSibling("W00001.log.3")).doesNotExist();
  }

  @Test
  void countsWhatAPredecessorWrote() throws IOException {
    Path file = Files.writeString(directory.resolve("a.log"), "full");
    try (RotatingFile log = RotatingFile.open(file, new LogLimits(4, 1))) {
      write(log, "x");
    }
    assertThat(file).hasContent("x");
    assertThat(directory.resolve("a.log.1")).hasContent("full");
  }

  @Test
  void keepsNoOldFileWhenNoneIsWanted() throws IOException {
    Path file = directory.resolve("a.log");
    try (RotatingFile log = RotatingFile.open(file, new LogLimits(2, 0))) {
      write(log, "11");
      write(log, "22");
    }
    assertThat(file).hasContent("22");
    assertThat(directory).isDirectoryContaining(path -> path.equals(file));
    assertThat(directory.resolve("a.log.1")).doesNotExist();
  }

  private static void write(RotatingFile log, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    log.write(bytes, bytes.length);
  }
}

package dev.runlog.process.child;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is appended to and put aside when it is full. Not thread-safe; not to be shared
 * between processes.
 */
final class RotatingFile implements AutoCloseable {

  private final Path file;
  private final LogLimits limits;
  private OutputStream out;
  private long size;

  private RotatingFile(Path file, LogLimits limits, OutputStream out, long size) {
    this.file = file;
    this.limits = limits;
    this.out = out;
    this.size = size;
  }

  /** Opens the file, with its directory, and keeps what is in it. */
  static RotatingFile open(Path file, LogLimits limits) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    return new RotatingFile(absolute, limits, appender(absolute), Files.size(absolute));
  }

  /** Appends bytes; they are never split over two files. */
  void write(byte[] bytes, int length) throws IOException {
    if (size > 0 && size + length > limits.largestBytes()) {
      rotate();
    }
    out.write(bytes, 0, length);
    size += length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Can be tried again when it fails: the size still says that it is due. */
  private void rotate() throws IOException {
    out.close();
    try {
      if (Files.exists(file)) {
        putAside();
      }
    } finally {
      out = appender(file);
    }
    size = 0;
  }

  private void putAside() throws IOException {
    for (int number = limits.oldFiles(); number > 0; number--) {
      Path newer = number == 1 ? file : old(number - 1);
      if (Files.exists(newer)) {
        Files.move(newer, old(number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.deleteIfExists(file);
  }

  private Path old(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  private static OutputStream appender(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}

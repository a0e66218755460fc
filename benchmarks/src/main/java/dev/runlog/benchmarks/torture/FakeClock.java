package dev.runlog.benchmarks.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A wall clock that can be moved for the processes that are started with its variables, by
 * libfaketime; their monotonic clock stays as it is, as when the clock of a machine is set.
 */
final class FakeClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "libfaketimeMT.so.1";

  private final Path library;
  private final Path offset;

  private FakeClock(Path library, Path offset) throws IOException {
    this.library = library;
    this.offset = offset;
    move(Duration.ZERO);
  }

  /**
   * One that goes right.
   *
   * @param directory for the file that says how far it is moved
   * @throws Missing when the library is not installed
   */
  static FakeClock in(Path directory) throws IOException {
    return new FakeClock(library(), directory.resolve("clock"));
  }

  /** What a process needs in its environment to read this clock. */
  Map<String, String> env() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Else it takes the monotonic times until which a JVM waits for times of the wall clock.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "NO_FAKE_STAT", "1");
  }

  /** Sets it so far from the right time; processes see it within a second. */
  void move(Duration from) throws IOException {
    Path next = offset.resolveSibling("clock.next");
    Files.writeString(next, "%+d".formatted(from.toSeconds()));
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path library() throws IOException {
    try (Stream<Path> directories = Files.list(LIBRARIES)) {
      List<Path> found =
          directories
              .map(directory -> directory.resolve("faketime").resolve(LIBRARY))
              .filter(Files::exists)
              .toList();
      return found.stream()
          .findFirst()
          .orElseThrow(
              () -> new Missing("libfaketime is not installed; Debian's package is 'faketime'"));
    }
  }
}

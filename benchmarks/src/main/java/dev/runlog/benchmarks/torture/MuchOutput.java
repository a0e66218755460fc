package dev.runlog.benchmarks.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A child that prints a hundred megabytes. */
final class MuchOutput implements Torture {

  /** Four files of ten megabytes, and a chunk. */
  private static final long MOST_KEPT_BYTES = 41L * 1024 * 1024;

  @Override
  public void run(boolean isShort, Report report) throws Exception {
    long megabytes = isShort ? 20 : 100;
    try (Chamber chamber = Chamber.open(Duration.ZERO)) {
      Path finished = chamber.directory().resolve("finished");
      String script =
          "head -c %d /dev/zero | tr \"\\0\" x | fold -w 120; touch %s; exec sleep 100000"
              .formatted(megabytes * 1_000_000, finished);
      Path fleet =
          Files.writeString(
              chamber.directory().resolve("fleet.yaml"),
              "children:\n  - {role: loud, run: none, command: [sh, -c, '" + script + "']}\n");
      long start = System.nanoTime();
      chamber.supervisor("--fleet", fleet.toString());
      Deadline.await("all printed", Duration.ofMinutes(3), () -> Files.exists(finished));
      long kept = bytesIn(chamber.logs());
      BrokenPromise.unless(kept <= MOST_KEPT_BYTES, "the log files hold %d bytes", kept);
      report.say(
          "%d MB of output in %.1f s, start included; the log files hold %.1f MB",
          megabytes, (System.nanoTime() - start) / 1e9, kept / 1e6);
    }
  }

  private static long bytesIn(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}

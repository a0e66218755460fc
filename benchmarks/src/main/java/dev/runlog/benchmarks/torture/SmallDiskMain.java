package dev.runlog.benchmarks.torture;

import dev.runlog.benchmarks.measure.Scratch;
import dev.runlog.process.settings.KnownSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * Runs a fleet on a small disk and fills it. Its arguments are the directory of the disk and
 * whether a small load is enough; what it prints is for {@link FullDisk}.
 */
final class SmallDiskMain {

  static final String STARTED = "started";

  private static final int MOST_BYTES_AT_ONCE = 1 << 16;

  private final Path disk;
  private final Duration length;

  private SmallDiskMain(Path disk, Duration length) {
    this.disk = disk;
    this.length = length;
  }

  public static void main(String[] args) throws Exception {
    System.out.println(STARTED);
    boolean isShort = Boolean.parseBoolean(args[1]);
    SmallDiskMain main = new SmallDiskMain(Path.of(args[0]), Duration.ofSeconds(isShort ? 5 : 130));
    try (Scratch elsewhere = Scratch.temporary()) {
      main.run("log files on it", main.disk.resolve("logs"));
      if (!isShort) {
        main.run("log files elsewhere", elsewhere.directory());
      }
    } catch (BrokenPromise e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run(String where, Path logs) throws Exception {
    Map<String, String> env = Map.of(KnownSettings.LOGS, logs.toString());
    try (Scratch fleet = Scratch.in(disk);
        Chamber chamber =
            Chamber.over(fleet.file("runlog.db").toString(), Duration.ofMillis(20), env)) {
      String outcome = new Outlasted(chamber, length, Duration.ZERO).by(this::fill);
      System.out.printf("disk full, %s, %s%n", where, outcome);
    }
  }

  /** To the last byte that it gives. */
  private Calamity.Relief fill() {
    Path ballast = disk.resolve("ballast");
    for (int bytes = MOST_BYTES_AT_ONCE; bytes > 0; bytes /= 2) {
      byte[] chunk = new byte[bytes];
      while (isWritten(ballast, chunk)) {
        // Until there is no room for as much.
      }
    }
    return () -> Files.delete(ballast);
  }

  private static boolean isWritten(Path file, byte[] chunk) {
    try {
      Files.write(file, chunk, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return true;
    } catch (IOException noSpace) {
      return false;
    }
  }
}

package dev.runlog.benchmarks.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** SIGKILL of a process of this machine, and the moment at which it has exited. */
final class Killing {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Killing() {}

  /**
   * Kills a process and waits for its exit: the kernel takes its time to free the memory of a JVM,
   * and until then its parent is told nothing.
   *
   * @return when it had exited, at most some 2 ms too late
   * @throws BrokenPromise when it does not exit
   */
  static Instant of(ProcessHandle process) throws InterruptedException, IOException {
    process.destroyForcibly();
    long start = System.nanoTime();
    while (!hasExited(process)) {
      BrokenPromise.unless(
          System.nanoTime() - start < LONGEST.toNanos(),
          "pid %d: not gone %d s after SIGKILL",
          process.pid(),
          LONGEST.toSeconds());
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return Instant.now();
  }

  /** One that its parent has not yet waited for has exited too. */
  private static boolean hasExited(ProcessHandle process) throws IOException {
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return "ZX".indexOf(status.charAt(status.lastIndexOf(')') + 2)) >= 0;
    } catch (NoSuchFileException e) {
      return !process.isAlive();
    } catch (IOException e) {
      // It went while it was read.
      if (!process.isAlive()) {
        return true;
      }
      throw e;
    }
  }
}

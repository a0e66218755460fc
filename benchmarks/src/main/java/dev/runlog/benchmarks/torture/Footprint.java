package dev.runlog.benchmarks.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process takes, as the kernel counts it.
 *
 * @param residentKib memory
 * @param descriptors open files, sockets and pipes
 */
record Footprint(long residentKib, long descriptors) {

  private static final Path PROC = Path.of("/proc");

  /**
   * What a JVM takes after it has collected its garbage.
   *
   * @throws Missing when this machine has no {@code /proc} or no {@code jcmd}
   */
  static Footprint of(long pid) throws IOException, InterruptedException {
    Path process = PROC.resolve(Long.toString(pid));
    if (!Files.isDirectory(process)) {
      throw new Missing("there is no " + process + "; this needs Linux");
    }
    collectGarbage(pid);
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return new Footprint(residentKib(process), descriptors.count());
    }
  }

  /** The children of a process that have ended and that nobody has reaped. */
  static List<Long> zombiesOf(Process parent) {
    return parent
        .children()
        .map(ProcessHandle::pid)
        .filter(pid -> statusOf(pid).contains("State:\tZ (zombie)"))
        .toList();
  }

  private static void collectGarbage(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new Missing(jcmd + " is not there; this needs a JDK");
    }
    new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static long residentKib(Path process) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IOException(process + ": no VmRSS"));
  }

  /** Empty once it is reaped. */
  private static List<String> statusOf(long pid) {
    try {
      return Files.readAllLines(PROC.resolve(Long.toString(pid)).resolve("status"));
    } catch (IOException reaped) {
      return List.of();
    }
  }
}

package dev.runlog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds of the machine's memory, as the kernel counts it. */
final class ResidentMemory {

  private ResidentMemory() {}

  /**
   * In MiB, shared pages included; not a number where there is no {@code /proc}.
   *
   * @throws IOException when the process is gone
   */
  static double mebibytes(long pid) throws IOException {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return Double.NaN;
    }
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}

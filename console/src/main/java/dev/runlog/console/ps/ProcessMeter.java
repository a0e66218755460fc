package dev.runlog.console.ps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures processes of this machine. Processor time is what was used between two looks, so the
 * first look at a process tells none. Not thread-safe.
 */
public final class ProcessMeter {

  private static final String RESIDENT = "VmRSS:";
  private static final int BYTES_OF_KIB = 1024;

  private record Look(Duration cpu, long nanos) {}

  private final Map<ProcessHandle, Look> lastLooks = new HashMap<>();

  ProcessUse look(ProcessHandle process) {
    return new ProcessUse(residentBytes(process.pid()), cores(process));
  }

  private Optional<Double> cores(ProcessHandle process) {
    Optional<Duration> used = process.info().totalCpuDuration();
    if (used.isEmpty()) {
      return Optional.empty();
    }
    Look now = new Look(used.get(), System.nanoTime());
    return Optional.ofNullable(lastLooks.put(process, now))
        .filter(before -> now.nanos() > before.nanos())
        .map(
            before ->
                (double) now.cpu().minus(before.cpu()).toNanos() / (now.nanos() - before.nanos()));
  }

  /** As the kernel of Linux counts it. */
  private static Optional<Long> residentBytes(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
      return lines.stream()
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_OF_KIB)
          .findFirst();
    } catch (IOException e) {
      // It has just ended, or this is no Linux: then nobody tells.
      return Optional.empty();
    }
  }
}

package dev.runlog.supervisor.recovery;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells whether a process that a run once was is still there. A pid counts only together with its
 * start time.
 */
final class ProcessLiveness {

  /** The kernel counts start times in ticks, and readers of them round. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private ProcessLiveness() {}

  static boolean isAlive(long pid, Instant startedAt) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> isSameStart(process, startedAt))
        .isPresent();
  }

  private static boolean isSameStart(ProcessHandle process, Instant startedAt) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
        .orElse(true);
  }
}

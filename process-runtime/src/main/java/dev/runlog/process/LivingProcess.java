package dev.runlog.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the process that a run is. A pid counts only together with its start time: the operating
 * system gives pids out again.
 */
public final class LivingProcess {

  /** The kernel counts start times in ticks, and readers of them round. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private LivingProcess() {}

  /**
   * The process of this machine with this pid that started then; empty when there is none (any
   * more).
   */
  public static Optional<ProcessHandle> find(long pid, Instant startedAt) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> isSameStart(process, startedAt));
  }

  private static boolean isSameStart(ProcessHandle process, Instant startedAt) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
        .orElse(true);
  }
}

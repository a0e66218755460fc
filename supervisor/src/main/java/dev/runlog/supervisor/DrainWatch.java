package dev.runlog.supervisor;

import dev.runlog.events.tasks.Backlog;
import dev.runlog.events.tasks.TaskKinds;
import dev.runlog.events.tasks.TaskQuery;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sees whether the queue is drained, and says once a minute what it waits for while nobody works on
 * what is queued: a drain waits until the queue is empty, but never in silence. Not thread-safe.
 */
final class DrainWatch {

  /** For so long nobody may hold a task in the ordinary course of things. */
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

  private final TaskQuery tasks;
  private final TaskKinds kinds;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final PrintStream err;
  private long reportAtNanos;
  private boolean isWaiting;

  /**
   * @param clock says what is due
   * @param nanoTime the monotonic clock
   * @param err where it says what it waits for
   */
  DrainWatch(
      TaskQuery tasks,
      TaskKinds kinds,
      InstantSource clock,
      LongSupplier nanoTime,
      PrintStream err) {
    this.tasks = tasks;
    this.kinds = kinds;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.err = err;
  }

  /** Whether nothing is queued and nothing is held. */
  boolean isDrained() {
    if (tasks.isDrained()) {
      return true;
    }
    reportIfNobodyWorks();
    return false;
  }

  private void reportIfNobodyWorks() {
    long now = nanoTime.getAsLong();
    if (!tasks.holders().isEmpty()) {
      isWaiting = false;
    } else if (!isWaiting) {
      isWaiting = true;
      reportAtNanos = now + USUAL_PAUSE.toNanos();
    } else if (now - reportAtNanos >= 0) {
      tasks.backlogs().forEach(this::report);
      reportAtNanos = now + BETWEEN_REPORTS.toNanos();
    }
  }

  private void report(Backlog backlog) {
    err.printf(
        "runlog: --drain waits for %d queued task(s) of the kind %s%s%n",
        backlog.queued(), backlog.kind(), reason(backlog));
  }

  private String reason(Backlog backlog) {
    if (pausedAt(backlog.kind()).isPresent()) {
      return ", which is paused; 'runlog tasks resume %s' lets it go on, 'runlog tasks cancel ID' drops a task"
          .formatted(backlog.kind());
    }
    if (backlog.dueFrom().isAfter(clock.instant())) {
      return ", the first of which is due at " + backlog.dueFrom();
    }
    return ", which nobody takes; is there a worker for this kind?";
  }

  private Optional<Instant> pausedAt(String kind) {
    return kinds.rules().stream()
        .filter(rule -> rule.kind().equals(kind))
        .findFirst()
        .flatMap(TaskKinds.Rule::pausedAt);
  }
}

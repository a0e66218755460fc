package dev.runlog.supervisor.slot;

import dev.runlog.events.log.EventId;
import dev.runlog.process.child.ChildProcess;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process that has a slot now, and how long it may still have it. Not thread-safe. */
final class Tenant {

  /** What a child that hangs is given to write its thread dump. */
  private static final Duration TIME_TO_DUMP = Duration.ofSeconds(2);

  /** Between kills of one that does not go, which only the operating system can explain. */
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(1);

  private final ChildProcess child;
  private final Vitals vitals;
  private final EventId startedAfter;
  private @Nullable Long killAtNanos;
  private @Nullable String condemnedFor;

  /**
   * @param startedAfter an event that was in the table before the child was started
   */
  Tenant(ChildProcess child, Vitals vitals, EventId startedAfter) {
    this.child = child;
    this.vitals = vitals;
    this.startedAfter = startedAfter;
  }

  long pid() {
    return child.pid();
  }

  Vitals vitals() {
    return vitals;
  }

  /** All that the child logs has later ids than this event. */
  EventId startedAfter() {
    return startedAfter;
  }

  /** Why it was ended as one that hangs, empty when it was not. */
  Optional<String> condemnedFor() {
    return Optional.ofNullable(condemnedFor);
  }

  /** Asks it to end by itself, within a time. */
  void terminate(Duration longest) {
    child.terminate();
    killAfter(longest);
  }

  /** Has its threads written to its log file, then ends it. Does nothing the second time. */
  void condemn(String why) {
    if (condemnedFor == null) {
      condemnedFor = why;
      child.dumpThreads();
      killAfter(TIME_TO_DUMP);
    }
  }

  /** Sets the time of its end, unless that is sooner already. */
  void killAfter(Duration longest) {
    long at = System.nanoTime() + longest.toNanos();
    if (killAtNanos == null || at - killAtNanos < 0) {
      killAtNanos = at;
    }
  }

  /** Ends it if its time is over; returns how long it still has, empty for as long as it likes. */
  Optional<Duration> killIfDue() {
    if (killAtNanos == null) {
      return Optional.empty();
    }
    Duration left = Duration.ofNanos(killAtNanos - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      child.kill();
      return Optional.of(BETWEEN_KILLS);
    }
    return Optional.of(left);
  }
}

package dev.runlog.supervisor.slot;

import dev.runlog.supervisor.restart.CrashLoop;
import dev.runlog.supervisor.restart.RestartPolicy;
import dev.runlog.supervisor.restart.RestartRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a slot is and what it does next: its decisions, without a process, a clock or a database.
 * All times are nanoseconds of one monotonic clock. Not thread-safe.
 */
final class SlotLife {

  /** A child that asks for a fresh process more often than that is started with a delay. */
  private static final Duration SHORTEST_RECYCLE = Duration.ofSeconds(1);

  private final RestartRule rule;
  private final RestartPolicy restarts = RestartPolicy.USUAL;
  private final CrashLoop crashLoop = CrashLoop.USUAL;
  private final List<Long> crashesAtNanos = new ArrayList<>();
  private SlotState state = SlotState.BACKOFF;
  private boolean isOccupied;
  private boolean startsAgain;
  private long startAtNanos;
  private long readySinceNanos;
  private int endsInARow;
  private int failedStartsInARow;

  /** One that wants its first child at once. */
  SlotLife(RestartRule rule, long nowNanos) {
    this.rule = rule;
    this.startAtNanos = nowNanos;
  }

  SlotState state() {
    return state;
  }

  /** Whether a process of this slot is still there. */
  boolean isOccupied() {
    return isOccupied;
  }

  /** Whether nothing more happens here by itself. */
  boolean isAtRest() {
    return switch (state) {
      case STOPPED, EXITED, FATAL -> true;
      case STARTING, RUNNING, BACKOFF, STOPPING -> false;
    };
  }

  /** Whether it has, or is to have, no child until a person asks; one that gave up is not meant. */
  boolean isSetAside() {
    return switch (state) {
      case STOPPED, EXITED -> true;
      case STOPPING -> !startsAgain;
      case STARTING, RUNNING, BACKOFF, FATAL -> false;
    };
  }

  /** For how long its child has been ready, empty when it is not. */
  Optional<Duration> readyFor(long nowNanos) {
    return state == SlotState.RUNNING
        ? Optional.of(Duration.ofNanos(nowNanos - readySinceNanos))
        : Optional.empty();
  }

  /** How long until it wants a child; empty when it does not. */
  Optional<Duration> timeToStart(long nowNanos) {
    return state == SlotState.BACKOFF
        ? Optional.of(Duration.ofNanos(Math.max(0, startAtNanos - nowNanos)))
        : Optional.empty();
  }

  /**
   * A child was started.
   *
   * @param becomesRun whether it will log {@code process.started}
   * @throws IllegalStateException when the slot does not want one
   */
  void spawned(boolean becomesRun, long nowNanos) {
    if (state != SlotState.BACKOFF || isOccupied) {
      throw new IllegalStateException("a child was started in a slot that is " + state);
    }
    isOccupied = true;
    state = becomesRun ? SlotState.STARTING : SlotState.RUNNING;
    readySinceNanos = nowNanos;
  }

  /** Its child logged {@code process.started}. */
  void becameRun(long nowNanos) {
    failedStartsInARow = 0;
    if (state == SlotState.STARTING) {
      state = SlotState.RUNNING;
      readySinceNanos = nowNanos;
    }
  }

  /**
   * It is to have no child any more.
   *
   * @return whether there is one that has to be asked to end
   */
  boolean stop() {
    startsAgain = false;
    if (state == SlotState.BACKOFF) {
      state = SlotState.STOPPED;
    }
    if (!isOccupied || state == SlotState.STOPPING) {
      return false;
    }
    state = SlotState.STOPPING;
    return true;
  }

  /**
   * It is to have another child.
   *
   * @return whether there is one that has to be asked to end first
   */
  boolean restart(long nowNanos) {
    boolean isToEnd = stop();
    startAgain(nowNanos);
    return isToEnd;
  }

  /**
   * Wants a child at once where it is at rest, and once the one that was asked to end has ended;
   * past crashes are forgotten.
   */
  void startAgain(long nowNanos) {
    startsAgain = state == SlotState.STOPPING;
    if (isAtRest()) {
      crashesAtNanos.clear();
      endsInARow = 0;
      failedStartsInARow = 0;
      startAfter(Duration.ZERO, nowNanos);
    }
  }

  /**
   * Its child has ended, or could not be started.
   *
   * @param hasSpare whether a process that was started ahead could take its place
   * @param random from 0 to 1, decides on the jitter
   */
  Aftermath ended(EndOfChild end, boolean hasSpare, double random, long nowNanos) {
    isOccupied = false;
    if (!end.isFailedStart()) {
      failedStartsInARow = 0;
    }
    if (state == SlotState.STOPPING) {
      state = SlotState.STOPPED;
      return startsAgain ? startsAtOnce(nowNanos) : Aftermath.atRest(false);
    }
    return switch (ExitVerdict.of(end, rule)) {
      case ENDED -> rest(false);
      case RECYCLED -> startsAfter(recycleDelay(end, random), false, nowNanos);
      case RESTARTED -> startsAfter(nextDelay(end, random), false, nowNanos);
      case CRASHED -> crashed(end, hasSpare, random, nowNanos);
      case CRASHED_FOR_GOOD -> rest(true);
      case FAULT -> gaveUp(end.permanentFault().orElseThrow());
    };
  }

  /** A child that could not be started counts as a crash, whatever the rule. */
  Aftermath failedToStart(EndOfChild end, double random, long nowNanos) {
    return crashed(end, false, random, nowNanos);
  }

  private Aftermath startsAtOnce(long nowNanos) {
    startAgain(nowNanos);
    return Aftermath.startsAfter(Duration.ZERO, false);
  }

  private Aftermath rest(boolean isCrash) {
    state = SlotState.EXITED;
    return Aftermath.atRest(isCrash);
  }

  private Aftermath crashed(EndOfChild end, boolean hasSpare, double random, long nowNanos) {
    crashesAtNanos.add(nowNanos);
    if (end.isFailedStart()) {
      failedStartsInARow++;
    }
    Optional<CrashLoop.Verdict> verdict = crashLoop.judge(crashesAtNanos, failedStartsInARow);
    if (verdict.isPresent()) {
      return gaveUp(verdict.get());
    }
    Duration usual = nextDelay(end, random);
    // A spare takes over at once, but not from one that crashes again and again.
    Duration delay = hasSpare && endsInARow == 1 ? Duration.ZERO : usual;
    return startsAfter(delay, true, nowNanos);
  }

  private Aftermath gaveUp(CrashLoop.Verdict why) {
    state = SlotState.FATAL;
    return Aftermath.gaveUp(why);
  }

  private Aftermath startsAfter(Duration delay, boolean isCrash, long nowNanos) {
    startAfter(delay, nowNanos);
    return Aftermath.startsAfter(delay, isCrash);
  }

  private Duration recycleDelay(EndOfChild end, double random) {
    return end.exit().uptime().compareTo(SHORTEST_RECYCLE) >= 0
        ? Duration.ZERO
        : nextDelay(end, random);
  }

  /**
   * Also a child that ends as planned, but at once and again and again, is started ever more
   * slowly.
   */
  private Duration nextDelay(EndOfChild end, double random) {
    if (restarts.isReadyAfter(end.exit().uptime(), endsInARow)) {
      endsInARow = 0;
    }
    endsInARow++;
    return restarts.delayAfter(endsInARow, random);
  }

  private void startAfter(Duration delay, long nowNanos) {
    state = SlotState.BACKOFF;
    startAtNanos = nowNanos + delay.toNanos();
  }
}

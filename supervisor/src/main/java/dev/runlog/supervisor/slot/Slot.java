package dev.runlog.supervisor.slot;

import dev.runlog.process.RunContext;
import dev.runlog.process.child.ChildExit;
import dev.runlog.process.child.ChildProcess;
import dev.runlog.process.child.ChildStartException;
import dev.runlog.supervisor.restart.Crash;
import dev.runlog.supervisor.restart.CrashLoop;
import dev.runlog.supervisor.restart.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived name and the process that has it now. Belongs to the supervisor's thread; only
 * {@code onExit} is called from another.
 */
public final class Slot {

  private final SlotSpec spec;
  private final RunContext context;
  private final SlotJournal journal;
  private final BiConsumer<Slot, ChildExit> onExit;
  private final RestartPolicy restarts = RestartPolicy.USUAL;
  private final CrashLoop crashLoop = CrashLoop.USUAL;
  private final List<Crash> crashes = new ArrayList<>();
  private SlotState state = SlotState.BACKOFF;
  private @Nullable ChildProcess child;
  private long startAtNanos = System.nanoTime();
  private int endsInARow;
  private int starts;

  /**
   * @param onExit is told when the child has ended, on a thread of its own
   */
  public Slot(
      SlotSpec spec, RunContext context, SlotJournal journal, BiConsumer<Slot, ChildExit> onExit) {
    this.spec = spec;
    this.context = context;
    this.journal = journal;
    this.onExit = onExit;
  }

  public SlotState state() {
    return state;
  }

  public String instanceId() {
    return spec.instanceId();
  }

  /** Whether a process of this slot is still there. */
  public boolean isOccupied() {
    return state == SlotState.RUNNING || state == SlotState.STOPPING;
  }

  /** How long until the slot wants to start its child; empty when it does not. */
  public Optional<Duration> timeToStart() {
    return state == SlotState.BACKOFF
        ? Optional.of(Duration.ofNanos(Math.max(0, startAtNanos - System.nanoTime())))
        : Optional.empty();
  }

  /** Starts the child if its delay is over. A child that cannot be started counts as a crash. */
  public void startIfDue() {
    if (timeToStart().filter(Duration::isZero).isEmpty()) {
      return;
    }
    try {
      spawn();
    } catch (ChildStartException e) {
      recordFailedStart(e);
    }
  }

  /** Asks the child to drain, and starts none any more. */
  public void stop() {
    if (state == SlotState.RUNNING && child != null) {
      state = SlotState.STOPPING;
      child.terminate();
    } else if (state == SlotState.BACKOFF) {
      state = SlotState.STOPPED;
    }
  }

  /** Asks a child that is draining once more, which makes it skip the drain. */
  public void hurry() {
    if (state == SlotState.STOPPING && child != null) {
      child.terminate();
    }
  }

  /** Ends the child at once. */
  public void kill() {
    if (isOccupied() && child != null) {
      child.kill();
    }
  }

  /** Records how the child ended and decides what follows. */
  public void handleExit(ChildExit exit) {
    ChildProcess ended = Objects.requireNonNull(child);
    child = null;
    EndOfChild end = journal.endOf(spec.instanceId(), ended.pid(), exit);
    if (state == SlotState.STOPPING) {
      state = SlotState.STOPPED;
      journal.exited(end);
    } else if (end.isPlanned()) {
      journal.exited(end);
      restartAfter(nextDelay(end));
    } else {
      crashed(end);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the exit is only handed over, which does not fail
  private void spawn() {
    Map<String, String> env = new LinkedHashMap<>();
    context.childEnvironment().injectInto(env, spec.instanceId());
    ChildProcess spawned = ChildProcess.spawn(spec.toChildCommand(env));
    child = spawned;
    state = SlotState.RUNNING;
    journal.spawned(spec, spawned.pid(), starts++);
    spawned.onExit().thenAccept(exit -> onExit.accept(this, exit));
  }

  private void recordFailedStart(ChildStartException e) {
    starts++;
    String message = String.valueOf(e.getMessage());
    ChildExit neverStarted =
        new ChildExit(EndOfChild.UNKNOWN_EXIT_CODE, Optional.empty(), Duration.ZERO, message);
    crashed(EndOfChild.ofFailedStart(spec.instanceId(), neverStarted));
  }

  private void crashed(EndOfChild end) {
    crashes.add(new Crash(System.nanoTime(), end.run().isEmpty()));
    Optional<CrashLoop.Verdict> verdict = end.permanentFault().or(() -> crashLoop.judge(crashes));
    if (verdict.isPresent()) {
      state = SlotState.FATAL;
      journal.crashed(end, Optional.empty());
      journal.gaveUp(spec.instanceId(), verdict.get());
    } else {
      Duration delay = nextDelay(end);
      journal.crashed(end, Optional.of(delay));
      restartAfter(delay);
    }
  }

  /**
   * Also a child that ends as planned, but at once and again and again, is started ever more
   * slowly.
   */
  private Duration nextDelay(EndOfChild end) {
    if (restarts.isReadyAfter(end.exit().uptime(), endsInARow)) {
      endsInARow = 0;
    }
    endsInARow++;
    return restarts.delayAfter(endsInARow, ThreadLocalRandom.current().nextDouble());
  }

  private void restartAfter(Duration delay) {
    state = SlotState.BACKOFF;
    startAtNanos = System.nanoTime() + delay.toNanos();
  }
}

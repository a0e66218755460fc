package dev.runlog.supervisor.slot;

import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.child.ChildCommand;
import dev.runlog.process.child.ChildExit;
import dev.runlog.process.child.ChildProcess;
import dev.runlog.process.child.ChildStartException;
import dev.runlog.supervisor.health.Pulse;
import dev.runlog.supervisor.restart.Crash;
import dev.runlog.supervisor.restart.CrashLoop;
import dev.runlog.supervisor.restart.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived name and the process that has it now. Belongs to the supervisor's thread; only
 * {@code onExit} is called from another.
 */
public final class Slot {

  /** A child that asks for a fresh process more often than that is started with a delay. */
  private static final Duration SHORTEST_RECYCLE = Duration.ofSeconds(1);

  private final SlotSpec spec;
  private final RunContext context;
  private final SlotJournal journal;
  private final Launcher launcher;
  private final Spares spares;
  private final BiConsumer<Slot, ChildExit> onExit;
  private final RestartPolicy restarts = RestartPolicy.USUAL;
  private final CrashLoop crashLoop = CrashLoop.USUAL;
  private final List<Crash> crashes = new ArrayList<>();
  private SlotState state = SlotState.BACKOFF;
  private @Nullable Tenant tenant;
  private @Nullable Launch launched;
  private long readySinceNanos;
  private long startAtNanos = System.nanoTime();
  private boolean startsAgain;
  private int endsInARow;
  private int starts;

  /**
   * @param launcher says before each start what is started
   * @param spares may take the place of a child
   * @param onExit is told when the child has ended, on a thread of its own
   */
  public Slot(
      SlotSpec spec,
      RunContext context,
      SlotJournal journal,
      Launcher launcher,
      Spares spares,
      BiConsumer<Slot, ChildExit> onExit) {
    this.spec = spec;
    this.context = context;
    this.journal = journal;
    this.launcher = launcher;
    this.spares = spares;
    this.onExit = onExit;
  }

  public SlotState state() {
    return state;
  }

  public String instanceId() {
    return spec.instanceId();
  }

  public String role() {
    return spec.role();
  }

  public boolean isRevisable() {
    return spec.isRevisable();
  }

  /** What its child was started as; of the last child when there is none now. */
  public Optional<Launch> launched() {
    return Optional.ofNullable(launched);
  }

  /** For how long its child has been ready, empty when it is not. */
  public Optional<Duration> readyFor() {
    return state == SlotState.RUNNING
        ? Optional.of(Duration.ofNanos(System.nanoTime() - readySinceNanos))
        : Optional.empty();
  }

  /** Whether a process of this slot is still there. */
  public boolean isOccupied() {
    return tenant != null;
  }

  /** Whether nothing more happens here by itself. */
  public boolean isAtRest() {
    return switch (state) {
      case STOPPED, EXITED, FATAL -> true;
      case STARTING, RUNNING, BACKOFF, STOPPING -> false;
    };
  }

  /** How long until the slot wants to start its child; empty when it does not. */
  public Optional<Duration> timeToStart() {
    return state == SlotState.BACKOFF
        ? Optional.of(Duration.ofNanos(Math.max(0, startAtNanos - System.nanoTime())))
        : Optional.empty();
  }

  /**
   * Starts the child if its delay is over. A child that cannot be started counts as a crash.
   *
   * @param now time of the fair clock
   */
  public void startIfDue(Duration now) {
    if (timeToStart().filter(Duration::isZero).isEmpty()) {
      return;
    }
    try {
      spawn(now);
    } catch (ChildStartException | ArtifactException e) {
      recordFailedStart(e);
    }
  }

  /** Sees whether the child has become a run, whether it hangs, and whether its time is over. */
  public void watch(Pulse.Look look) {
    if (tenant == null) {
      return;
    }
    if (state == SlotState.STARTING) {
      seeStart(tenant, look);
    }
    if (state == SlotState.STARTING || state == SlotState.RUNNING) {
      tenant.vitals().judge(look.time(), look.beats()).ifPresent(tenant::condemn);
    }
    tenant.killIfDue();
  }

  /** Asks the child to drain, if there is one, and starts another once it has ended. */
  public void restart() {
    stop();
    startsAgain = isOccupied();
    startAgain();
  }

  /**
   * Starts a child at once where nothing more would happen by itself; past crashes are forgotten.
   */
  public void startAgain() {
    if (isAtRest()) {
      crashes.clear();
      endsInARow = 0;
      restartAfter(Duration.ZERO);
    }
  }

  /** Asks the child to drain within its grace, and starts none any more. */
  public void stop() {
    startsAgain = false;
    if (tenant != null && state != SlotState.STOPPING) {
      state = SlotState.STOPPING;
      tenant.terminate(spec.grace());
    } else if (state == SlotState.BACKOFF) {
      state = SlotState.STOPPED;
    }
  }

  /** Gives a child that is draining only so much longer. */
  public void limitDrain(Duration longest) {
    if (state == SlotState.STOPPING && tenant != null) {
      tenant.killAfter(longest);
    }
  }

  /** Asks a child that is draining once more, which makes it skip the drain. */
  public void hurry(Duration longest) {
    if (state == SlotState.STOPPING && tenant != null) {
      tenant.terminate(longest);
    }
  }

  /** Ends a child whose time is over; returns how long the others still have. */
  public Optional<Duration> killIfDue() {
    return tenant == null ? Optional.empty() : tenant.killIfDue();
  }

  /** Ends the child at once. */
  public void kill() {
    if (tenant != null) {
      tenant.killAfter(Duration.ZERO);
      tenant.killIfDue();
    }
  }

  /** Records how the child ended and decides what follows. */
  public void handleExit(ChildExit exit) {
    Tenant gone = tenant;
    if (gone == null) {
      return;
    }
    tenant = null;
    EndOfChild end = journal.endOf(spec, gone.pid(), exit, gone.condemnedFor());
    if (state == SlotState.STOPPING) {
      state = SlotState.STOPPED;
      journal.exited(end);
      if (startsAgain) {
        startAgain();
      }
    } else {
      handleUnasked(end);
    }
  }

  private void handleUnasked(EndOfChild end) {
    switch (ExitVerdict.of(end, spec.restart())) {
      case ENDED -> {
        state = SlotState.EXITED;
        journal.exited(end);
      }
      case RECYCLED -> {
        journal.exited(end);
        restartAfter(recycleDelay(end));
      }
      case RESTARTED -> {
        journal.exited(end);
        restartAfter(nextDelay(end));
      }
      case CRASHED -> crashed(end);
      case CRASHED_FOR_GOOD -> {
        state = SlotState.EXITED;
        journal.crashed(end, Optional.empty());
      }
      case FAULT -> giveUp(end, end.permanentFault().orElseThrow());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the exit is only handed over, which does not fail
  private void spawn(Duration now) {
    Map<String, String> env = new LinkedHashMap<>();
    context.childEnvironment().injectInto(env, spec.instanceId());
    Launch launch = launcher.launchOf(spec);
    launched = launch;
    ChildCommand child = spec.toChildCommand(launch.command(), env);
    ChildProcess spawned = spares.take(child).orElseGet(() -> ChildProcess.spawn(child));
    tenant = new Tenant(spawned, new Vitals(spec.bootTimeout(), spec.longestSilence(), now));
    state = spec.isRun() ? SlotState.STARTING : SlotState.RUNNING;
    readySinceNanos = System.nanoTime();
    journal.spawned(spec, launch, spawned.pid(), starts++);
    spawned.onExit().thenAccept(exit -> onExit.accept(this, exit));
  }

  private void seeStart(Tenant starting, Pulse.Look look) {
    journal
        .findRun(spec.instanceId(), starting.pid())
        .ifPresent(
            run -> {
              starting.vitals().becameRun(run, look.time());
              readySinceNanos = System.nanoTime();
              state = SlotState.RUNNING;
            });
  }

  private void recordFailedStart(RuntimeException e) {
    starts++;
    String message = String.valueOf(e.getMessage());
    ChildExit neverStarted =
        new ChildExit(EndOfChild.UNKNOWN_EXIT_CODE, Optional.empty(), Duration.ZERO, message);
    crashed(EndOfChild.ofFailedStart(spec.instanceId(), neverStarted));
  }

  private void crashed(EndOfChild end) {
    crashes.add(new Crash(System.nanoTime(), end.isFailedStart()));
    Optional<CrashLoop.Verdict> verdict = crashLoop.judge(crashes);
    if (verdict.isPresent()) {
      giveUp(end, verdict.get());
    } else {
      Duration delay = delayOrSpare(end);
      journal.crashed(end, Optional.of(delay));
      restartAfter(delay);
    }
  }

  /** A spare takes over at once, but not from one that crashes again and again. */
  private Duration delayOrSpare(EndOfChild end) {
    Duration usual = nextDelay(end);
    boolean isFilled =
        endsInARow == 1 && launched().map(Launch::command).filter(spares::canFill).isPresent();
    return isFilled ? Duration.ZERO : usual;
  }

  private void giveUp(EndOfChild end, CrashLoop.Verdict verdict) {
    state = SlotState.FATAL;
    journal.crashed(end, Optional.empty());
    journal.gaveUp(spec.instanceId(), verdict);
  }

  private Duration recycleDelay(EndOfChild end) {
    return end.exit().uptime().compareTo(SHORTEST_RECYCLE) >= 0 ? Duration.ZERO : nextDelay(end);
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

package dev.runlog.supervisor.slot;

import dev.runlog.events.log.EventId;
import dev.runlog.events.log.RunId;
import dev.runlog.process.RunContext;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.child.ChildCommand;
import dev.runlog.process.child.ChildExit;
import dev.runlog.process.child.ChildProcess;
import dev.runlog.process.child.ChildStartException;
import dev.runlog.supervisor.health.Pulse;
import java.time.Duration;
import java.util.LinkedHashMap;
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

  private final SlotSpec spec;
  private final RunContext context;
  private final SlotJournal journal;
  private final Launcher launcher;
  private final Spares spares;
  private final BiConsumer<Slot, ChildExit> onExit;
  private final SlotLife life;
  private @Nullable Tenant tenant;
  private @Nullable Launch launched;
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
    this.life = new SlotLife(spec.restart(), System.nanoTime());
  }

  public SlotState state() {
    return life.state();
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
    return life.readyFor(System.nanoTime());
  }

  /** The run that its child has become, empty as long as it has not. */
  public Optional<RunId> run() {
    return Optional.ofNullable(tenant).flatMap(now -> now.vitals().run());
  }

  /** Whether a process of this slot is still there. */
  public boolean isOccupied() {
    return tenant != null;
  }

  /** Whether nothing more happens here by itself. */
  public boolean isAtRest() {
    return life.isAtRest();
  }

  /** Whether it has, or is to have, no child until a person asks; one that gave up is not meant. */
  public boolean isSetAside() {
    return life.isSetAside();
  }

  /** How many of its children have ended or could not be started. */
  public int ends() {
    return isOccupied() ? starts - 1 : starts;
  }

  /** How long until the slot wants to start its child; empty when it does not. */
  public Optional<Duration> timeToStart() {
    return life.timeToStart(System.nanoTime());
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
    if (state() == SlotState.STARTING) {
      seeStart(tenant, look);
    }
    if (state() == SlotState.STARTING || state() == SlotState.RUNNING) {
      tenant.vitals().judge(look.time(), look.beats()).ifPresent(tenant::condemn);
    }
    tenant.killIfDue();
  }

  /** Asks the child to drain, if there is one, and starts another once it has ended. */
  public void restart() {
    if (life.restart(System.nanoTime())) {
      askToEnd();
    }
  }

  /**
   * Starts a child at once where nothing more would happen by itself; past crashes are forgotten.
   */
  public void startAgain() {
    life.startAgain(System.nanoTime());
  }

  /** Asks the child to drain within its grace, and starts none any more. */
  public void stop() {
    if (life.stop()) {
      askToEnd();
    }
  }

  private void askToEnd() {
    if (tenant != null) {
      tenant.terminate(spec.grace());
    }
  }

  /** Gives a child that is draining only so much longer. */
  public void limitDrain(Duration longest) {
    if (state() == SlotState.STOPPING && tenant != null) {
      tenant.killAfter(longest);
    }
  }

  /** Asks a child that is draining once more, which makes it skip the drain. */
  public void hurry(Duration longest) {
    if (state() == SlotState.STOPPING && tenant != null) {
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
    EndOfChild end = journal.endOf(spec, gone, exit);
    record(end, life.ended(end, hasSpare(), random(), System.nanoTime()));
  }

  private void record(EndOfChild end, Aftermath aftermath) {
    if (aftermath.isCrash()) {
      journal.crashed(end, aftermath.restartDelay());
    } else {
      journal.exited(end);
    }
    aftermath.gaveUp().ifPresent(why -> journal.gaveUp(spec.instanceId(), why));
  }

  private boolean hasSpare() {
    return launched().map(Launch::command).filter(spares::canFill).isPresent();
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the exit is only handed over, which does not fail
  private void spawn(Duration now) {
    Map<String, String> env = new LinkedHashMap<>();
    context.childEnvironment().injectInto(env, spec.instanceId());
    Launch launch = launcher.launchOf(spec);
    launched = launch;
    ChildCommand child = spec.toChildCommand(launch.command(), env);
    EventId before = journal.newest();
    ChildProcess spawned = spares.take(child).orElseGet(() -> ChildProcess.spawn(child));
    Vitals vitals = new Vitals(spec.bootTimeout(), spec.longestSilence(), now);
    tenant = new Tenant(spawned, vitals, before);
    life.spawned(spec.isRun(), System.nanoTime());
    // Before anything is written, which may fail: a child whose end nobody hears of is never over.
    spawned.onExit().thenAccept(exit -> onExit.accept(this, exit));
    journal.spawned(spec, launch, spawned.pid(), starts++);
  }

  private void seeStart(Tenant starting, Pulse.Look look) {
    journal
        .findRun(spec.instanceId(), starting)
        .ifPresent(
            run -> {
              starting.vitals().becameRun(run, look.time());
              life.becameRun(System.nanoTime());
            });
  }

  private void recordFailedStart(RuntimeException e) {
    starts++;
    String message = String.valueOf(e.getMessage());
    ChildExit neverStarted =
        new ChildExit(EndOfChild.UNKNOWN_EXIT_CODE, Optional.empty(), Duration.ZERO, message);
    EndOfChild end = EndOfChild.ofFailedStart(spec.instanceId(), neverStarted);
    record(end, life.failedToStart(end, random(), System.nanoTime()));
  }
}

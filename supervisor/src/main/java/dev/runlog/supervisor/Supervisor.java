package dev.runlog.supervisor;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.retention.WalLimit;
import dev.runlog.events.tasks.TaskKinds;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;
import dev.runlog.process.child.ChildExit;
import dev.runlog.process.lifecycle.Outage;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.supervisor.control.Crew;
import dev.runlog.supervisor.control.Obedience;
import dev.runlog.supervisor.health.Pulse;
import dev.runlog.supervisor.recovery.LeaseCollector;
import dev.runlog.supervisor.recovery.StaleRunCloser;
import dev.runlog.supervisor.revision.Deployment;
import dev.runlog.supervisor.slot.Launch;
import dev.runlog.supervisor.slot.Slot;
import dev.runlog.supervisor.slot.SlotJournal;
import dev.runlog.supervisor.slot.SlotSpec;
import dev.runlog.supervisor.slot.SlotState;
import dev.runlog.supervisor.slot.Spares;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the slots of a fleet filled: starts their children, starts them again after a crash, gives
 * the tasks of the dead back, and stops all of them at the end. One thread does all of it; what
 * happens elsewhere comes in through an inbox.
 */
public final class Supervisor {

  private static final Duration LOOK_AT_QUEUE = Duration.ofMillis(100);
  private static final Duration LOOK_AT_CHILDREN = Duration.ofMillis(500);
  private static final Duration LOOK_AFTER_DATABASE = Duration.ofSeconds(10);

  private static final int MOST_FAILURES_SHOWN = 20;

  private static final Duration DRAIN_WITHOUT_PARENT = Duration.ofMillis(2500);
  private static final Duration DRAIN_IN_A_HURRY = Duration.ofMillis(2500);

  /** How long the end of a killed child may take to be seen. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /**
   * Wakes the loop. A child that has ended is named; otherwise there is only something to look at.
   */
  private record News(@Nullable Slot slot, @Nullable ChildExit exit) {}

  private final Shutdown shutdown;
  private final List<Slot> slots;
  private final StaleRunCloser staleRuns;
  private final LeaseCollector leases;
  private final Pulse pulse;
  private final Obedience obedience;
  private final Deployment deployment;
  private final Spares spares;
  private final TaskQuery tasks;
  private final DrainWatch drainWatch;
  private final WalLimit walLimit;
  private final Outage outage;
  private final Instant startedAt = Instant.now();
  private final BlockingQueue<News> inbox = new LinkedBlockingQueue<>();
  private volatile boolean drains;
  private long lookAfterDatabaseAtNanos;

  /** Whether news were handled in the middle of a pass, so that the next one must not wait. */
  private boolean isLookDue;

  /** Why the end of a child could not be recorded while the supervisor ended. */
  private @Nullable DatabaseException unrecorded;

  public Supervisor(RunContext context, List<SlotSpec> specs) {
    this(
        context, specs, Crew.fixed("how many run is fixed here"), Deployment.none(), Spares.none());
  }

  /** One that no other supervisor runs. */
  public Supervisor(
      RunContext context, List<SlotSpec> specs, Crew crew, Deployment deployment, Spares spares) {
    this(context, specs, crew, deployment, spares, false);
  }

  /**
   * @param crew says what runs when people ask for more or fewer of a role
   * @param deployment says which build runs in which slot
   * @param spares take the places of children that die; closed at the end of the run
   * @param isPart whether a supervisor above this one runs it, which stops and restarts it
   */
  public Supervisor(
      RunContext context,
      List<SlotSpec> specs,
      Crew crew,
      Deployment deployment,
      Spares spares,
      boolean isPart) {
    this.deployment = deployment;
    this.spares = spares;
    this.shutdown = context.shutdown();
    this.outage = new Outage(shutdown, System.err);
    SlotJournal journal = new SlotJournal(context, outage);
    Function<SlotSpec, Slot> slotMaker =
        spec -> new Slot(spec, context, journal, deployment, spares, this::tellOfExit);
    this.slots = new ArrayList<>(specs.stream().map(slotMaker).toList());
    this.obedience = new Obedience(context, isPart, slots, crew, slotMaker);
    this.staleRuns = new StaleRunCloser(context);
    this.leases = new LeaseCollector(context);
    this.pulse = new Pulse(context.database(), context.runId());
    this.tasks = new TaskQuery(context.database());
    this.drainWatch = drainWatch(context, tasks);
    this.walLimit = new WalLimit(context.database(), WalLimit.USUAL_BYTES);
    shutdown.onRequest(this::wake);
    shutdown.onHurry(this::wake);
  }

  /** Makes {@link #run} end once nothing is queued or held. May be called from any thread. */
  public void endWhenDrained() {
    drains = true;
    wake();
  }

  /**
   * Runs the fleet until the end is asked for, the queue is drained, or every child has ended and
   * none is to be started again.
   *
   * @return the exit code: 1 when tasks failed while the queue was drained
   * @throws ProcessFailure when every slot has given up
   */
  public int run() throws InterruptedException {
    outage.outlast("close the runs of dead processes", staleRuns::closeAll);
    try {
      while (!shutdown.isRequested() && !isDrained() && !isAllDone()) {
        outage.outlast("bring builds into the fleet", () -> deployment.step(slots));
        startWhatIsDue();
        keepSpares();
        requireLivingSlot();
        lookAfterOthers(pulse.look());
        outage.outlast("do what is asked", obedience::obeyAll);
        handleNews(timeToNextLook());
      }
    } finally {
      deployment.close();
      spares.close();
      stopAll();
      pulse.close();
    }
    return shutdown.isRequested() ? ExitCode.OK : drainReport().exitCode();
  }

  /** What became of the tasks that ended since this supervisor started. */
  public DrainReport drainReport() {
    return new DrainReport(
        tasks.countsFinishedSince(startedAt), tasks.failedSince(startedAt, MOST_FAILURES_SHOWN));
  }

  /** Those that wait are of the build that most of the workers run. */
  private void keepSpares() {
    if (spares.areWanted()) {
      commandOfMost().ifPresent(spares::prepareFor);
      spares.keep();
    }
  }

  private Optional<List<String>> commandOfMost() {
    return slots.stream()
        .filter(slot -> slot.isRevisable() && !slot.isSetAside())
        .flatMap(slot -> slot.launched().stream())
        .collect(groupingBy(Launch::command, counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private void startWhatIsDue() {
    for (Slot slot : slots) {
      handleEnds();
      slot.startIfDue(pulse.time());
    }
  }

  private void requireLivingSlot() {
    long gaveUp = slots.stream().filter(slot -> slot.state() == SlotState.FATAL).count();
    long ended = slots.stream().filter(slot -> slot.state() == SlotState.EXITED).count();
    if (gaveUp > 0 && gaveUp + ended == slots.size() && !deployment.isAnyAwaited()) {
      throw new ProcessFailure(
          ExitCode.UNAVAILABLE,
          (ended == 0 ? "all " + gaveUp : gaveUp + " of " + slots.size())
              + " slot(s) gave up; queued tasks stay queued; see why with 'tail --type worker.*' and in the log files of the workers"
              + (slots.stream().anyMatch(Slot::isRevisable)
                  ? "; a build that works is handed in with 'runlog revision add --promote', then"
                      + " start again"
                  : ""));
    }
  }

  /** Every child ended as it should, and none is to be started again. */
  private boolean isAllDone() {
    return slots.stream().allMatch(slot -> slot.state() == SlotState.EXITED);
  }

  private void lookAfterOthers(Pulse.Look look) {
    for (Slot slot : slots) {
      handleEnds();
      slot.watch(look);
    }
    handleEnds();
    long now = System.nanoTime();
    if (now - lookAfterDatabaseAtNanos >= 0) {
      outage.outlast("close the runs of dead holders", staleRuns::closeHolders);
      outage.outlast("release what silent runs hold", () -> leases.collect(look));
      outage.outlast("bound the write-ahead log", walLimit::enforce);
      lookAfterDatabaseAtNanos = now + LOOK_AFTER_DATABASE.toNanos();
    }
  }

  private boolean isDrained() {
    return drains && outage.outlast("look at the queue", drainWatch::isDrained).orElse(false);
  }

  private Duration timeToNextLook() {
    Duration longest = drains ? LOOK_AT_QUEUE : LOOK_AT_CHILDREN;
    return slots.stream()
        .flatMap(slot -> slot.timeToStart().stream())
        .filter(untilStart -> untilStart.compareTo(longest) < 0)
        .min(Duration::compareTo)
        .orElse(longest);
  }

  /** Waits for news and handles all there is. */
  private void handleNews(Duration longest) throws InterruptedException {
    Duration wait = isLookDue ? Duration.ZERO : longest;
    News first = inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      handle(first);
      handleEnds();
    }
    isLookDue = false;
  }

  /**
   * Handles all news that there are. Called between the steps of a pass too: the tasks of a dead
   * child are to go back at once, however many others are to be started or looked at.
   */
  private void handleEnds() {
    for (News news = inbox.poll(); news != null; news = inbox.poll()) {
      handle(news);
      isLookDue = true;
    }
  }

  private static void handle(News news) {
    if (news.slot() != null && news.exit() != null) {
      news.slot().handleExit(news.exit());
    }
  }

  /** Asks all children to drain, and leaves none behind, however it is ended itself. */
  private void stopAll() throws InterruptedException {
    slots.forEach(Slot::stop);
    try {
      awaitDrain();
    } catch (InterruptedException e) {
      slots.forEach(Slot::kill);
      handleNews(LAST_WORDS);
      throw e;
    }
    if (unrecorded != null) {
      throw unrecorded;
    }
  }

  /**
   * Hurries the children when the supervisor is hurried or has lost its parent, and kills each that
   * is left when its time is over.
   */
  private void awaitDrain() throws InterruptedException {
    if (shutdown.reason().filter(Shutdown.PARENT_GONE::equals).isPresent()) {
      slots.forEach(slot -> slot.limitDrain(DRAIN_WITHOUT_PARENT));
    }
    boolean hurried = false;
    while (isAnyOccupied()) {
      if (shutdown.isHurried() && !hurried) {
        hurried = true;
        slots.forEach(slot -> slot.hurry(DRAIN_IN_A_HURRY));
      }
      beatWhileDraining();
      handleNewsWhileDraining(shorter(killWhatIsDue(), LOOK_AT_CHILDREN));
    }
  }

  /** What cannot be recorded of one child must not keep the others from being ended. */
  private void handleNewsWhileDraining(Duration longest) throws InterruptedException {
    try {
      handleNews(longest);
    } catch (DatabaseException e) {
      System.err.println("runlog: end of a child while draining: " + e.getMessage());
      unrecorded = unrecorded == null ? e : unrecorded;
    }
  }

  /** A supervisor above this one would take a silent drain for a hang. */
  private void beatWhileDraining() {
    try {
      pulse.look();
    } catch (DatabaseException e) {
      // No child may be left behind for it; the end of the next one says what is wrong.
      System.err.println("runlog: heartbeat while draining: " + e.getMessage());
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Returns how long the next one still has. */
  private Duration killWhatIsDue() {
    return slots.stream()
        .flatMap(slot -> slot.killIfDue().stream())
        .min(Duration::compareTo)
        .orElse(LAST_WORDS);
  }

  private boolean isAnyOccupied() {
    return slots.stream().anyMatch(Slot::isOccupied);
  }

  private void tellOfExit(Slot slot, ChildExit exit) {
    inbox.add(new News(slot, exit));
  }

  private static DrainWatch drainWatch(RunContext context, TaskQuery tasks) {
    InstantSource clock = InstantSource.system();
    TaskKinds kinds = new TaskKinds(context.database(), context.log(), clock);
    return new DrainWatch(tasks, kinds, clock, System::nanoTime, System.err);
  }

  private void wake() {
    inbox.add(new News(null, null));
  }
}

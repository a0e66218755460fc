package dev.runlog.worker;

import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.process.RunContext;
import dev.runlog.process.lifecycle.Heartbeat;
import dev.runlog.process.lifecycle.Outage;
import dev.runlog.process.lifecycle.Shutdown;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Claims one task after the other and hands each to the handler of its kind, until it is asked to
 * end. A worker of your own is a {@code main} like this:
 *
 * <pre>{@code
 * System.exit(
 *     new ProcessStartup(Executable.numberedWorker("worker"), Surroundings.ofThisProcess(System.getenv()))
 *         .run(context -> new Worker(context, Map.of("index", new IndexHandler())).work()));
 * }</pre>
 *
 * Not thread-safe: it belongs to the thread of the process's main.
 */
public final class Worker {

  private static final Duration SHORTEST_IDLE = Duration.ofMillis(10);
  private static final Duration LONGEST_IDLE = Duration.ofMillis(100);

  private final Emitter emitter;
  private final Shutdown shutdown;
  private final Outage outage;
  private final TaskQueue queue;
  private final TaskQuery tasks;
  private final RunContext context;
  private final Map<String, TaskHandler> handlers;
  private final ForgottenClaims forgotten;
  private final Heartbeats heartbeats;
  private final Set<String> kinds;
  private final InstantSource clock = InstantSource.system();

  /**
   * @param handlersOfUser the handler of each kind of task; tasks of other kinds are left to other
   *     workers, except for the probes of a supervisor that are for this one
   */
  public Worker(RunContext context, Map<String, TaskHandler> handlersOfUser) {
    Map<String, TaskHandler> handlers = ProbeHandler.added(handlersOfUser, context.instanceId());
    this.emitter = context.emitter();
    this.shutdown = context.shutdown();
    this.outage = new Outage(shutdown, System.err);
    this.queue = new TaskQueue(context.database(), context.log(), clock);
    this.tasks = new TaskQuery(context.database());
    this.context = context;
    this.handlers = Map.copyOf(handlers);
    this.forgotten = new ForgottenClaims(context, queue, outage);
    this.heartbeats = new Heartbeats(context.database(), clock);
    this.kinds = this.handlers.keySet();
  }

  /**
   * Works until the end is asked for; the task at hand is finished first, or given back when the
   * grace is over.
   *
   * @return the exit code
   */
  public int work() throws InterruptedException {
    Heartbeat heartbeat = Heartbeat.start(heartbeats, emitter.runId());
    CancelWatch cancels = CancelWatch.start(tasks);
    try {
      claimUntilAskedToEnd(
          new Attempt(context, queue, handlers, this::wantedKinds, cancels, outage));
    } finally {
      cancels.close();
      heartbeat.close();
    }
    return 0;
  }

  private void claimUntilAskedToEnd(Attempt attempt) throws InterruptedException {
    Duration idle = SHORTEST_IDLE;
    while (!shutdown.isRequested()) {
      Optional<Claim> claim =
          outage.outlast("claim a task", this::claimNext).flatMap(found -> found);
      if (claim.isPresent()) {
        workOnFrom(claim.get(), attempt);
        idle = SHORTEST_IDLE;
      } else {
        shutdown.await(idle);
        idle = longer(idle);
      }
    }
  }

  /** Runs a task, and then each that was claimed in the transaction which ended the one before. */
  private void workOnFrom(Claim first, Attempt attempt) {
    Optional<Claim> claim = Optional.of(first);
    while (claim.isPresent()) {
      claim = attempt.run(claim.get());
    }
  }

  /** Asks without a lock first: idle workers must not queue for the write lock. */
  private Optional<Claim> claimNext() {
    forgotten.giveBack();
    return tasks.isAnyDue(kinds, clock.instant())
        ? queue.claimNext(emitter, this::wantedKinds)
        : Optional.empty();
  }

  /** A worker that is asked to end wants nothing more, from that moment on. */
  private Set<String> wantedKinds() {
    return shutdown.isRequested() ? Set.of() : kinds;
  }

  private static Duration longer(Duration idle) {
    Duration doubled = idle.multipliedBy(2);
    return doubled.compareTo(LONGEST_IDLE) < 0 ? doubled : LONGEST_IDLE;
  }
}

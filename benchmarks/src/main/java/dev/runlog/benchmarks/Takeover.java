package dev.runlog.benchmarks;

import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.llm.simulator.Latency;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.process.child.SmallJvm;
import dev.runlog.process.child.WorkerOption;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * From the SIGKILL of a busy worker to the first task that its replacement has claimed, by the
 * clock of the machine: with a spare that waits, and without one.
 */
final class Takeover implements Benchmark {

  private static final int FLEETS = 2;

  /** Each is killed once: who dies again within a minute is replaced after a delay. */
  private static final int WORKERS = 5;

  private static final int TASKS = 5000;
  private static final Duration LATENCY_OF_MODEL = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Override
  public void run(PrintStream out) throws Exception {
    WarmWorker.jvmArgs();
    List<Double> withSpare = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int i = 0; i < FLEETS; i++) {
      withSpare.addAll(measure(1));
      without.addAll(measure(0));
    }
    out.println(
        "SIGKILL of a busy worker to the first claim of its replacement, "
            + WORKERS
            + " workers, "
            + withSpare.size()
            + " kills each");
    out.println("  with a spare       " + new Sample(withSpare).describe("ms"));
    out.println("  without            " + new Sample(without).describe("ms"));
  }

  private static List<Double> measure(int spares) throws Exception {
    try (Workshop workshop = Workshop.open();
        Simulator simulator =
            Simulator.start(
                SimulatorSettings.DEFAULT.withPort(0).withLatency(Latency.of(LATENCY_OF_MODEL)));
        Database database =
            Database.open(new DatabaseSettings(workshop.database().toString(), Durability.POWER))) {
      submit(database);
      Process supervisor =
          workshop.startWith(
              SmallJvm.ARGS,
              "supervisor",
              Map.of("OPENAI_BASE_URL", simulator.baseUrl()),
              "--workers",
              Integer.toString(WORKERS),
              "--spares",
              Integer.toString(spares));
      List<Double> millis = new ArrayList<>();
      for (Event worker : awaitWorkers(supervisor, database)) {
        awaitSpares(supervisor, database, spares);
        millis.add(millisToFirstClaim(worker, database));
      }
      return millis;
    }
  }

  private static void submit(Database database) {
    EventLog log = new EventLog(database, InstantSource.system());
    Emitter emitter =
        log.start(Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
    new TaskQueue(database, log, InstantSource.system())
        .submit(
            emitter,
            IntStream.range(0, TASKS)
                .mapToObj(i -> TaskSpec.prompt("Say the number " + i))
                .toList());
  }

  /** The starts of all workers, once each of them has claimed a task. */
  private static List<Event> awaitWorkers(Process supervisor, Database database)
      throws InterruptedException {
    EventQuery events = new EventQuery(database);
    while (runsWithClaims(events) < WORKERS) {
      requireAlive(supervisor, Duration.ofMillis(200));
    }
    return events.ofType(EventType.PROCESS_STARTED).stream()
        .filter(ProcessStart::isOfWorker)
        .toList();
  }

  private static long runsWithClaims(EventQuery events) {
    return events.ofType(EventType.TASK_CLAIMED).stream().map(Event::runId).distinct().count();
  }

  /** Until all that are wanted wait: while they get ready they use the processor. */
  private static void awaitSpares(Process supervisor, Database database, int wanted)
      throws InterruptedException {
    Optional<Duration> before = Optional.empty();
    Optional<Duration> used = Optional.empty();
    do {
      before = used;
      requireAlive(supervisor, Duration.ofSeconds(1));
      used = processorTimeOfSpares(supervisor, pidsOfRuns(database), wanted);
    } while (used.isEmpty() || !used.equals(before));
  }

  private static Optional<Duration> processorTimeOfSpares(
      Process supervisor, Set<Long> runs, int wanted) {
    List<Duration> times =
        supervisor
            .children()
            .filter(child -> child.info().commandLine().orElse("").endsWith(WorkerOption.SPARE))
            .filter(child -> !runs.contains(child.pid()))
            .flatMap(spare -> spare.info().totalCpuDuration().stream())
            .toList();
    return times.size() == wanted
        ? Optional.of(times.stream().reduce(Duration.ZERO, Duration::plus))
        : Optional.empty();
  }

  /** A spare that has taken over keeps its command line. */
  private static Set<Long> pidsOfRuns(Database database) {
    return new EventQuery(database)
        .ofType(EventType.PROCESS_STARTED).stream()
            .map(ProcessStart::pidOf)
            .collect(Collectors.toSet());
  }

  private static void requireAlive(Process supervisor, Duration wait) throws InterruptedException {
    if (supervisor.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the supervisor ended with " + supervisor.exitValue());
    }
  }

  private static double millisToFirstClaim(Event worker, Database database) {
    EventFeed feed = EventFeed.after(database, new EventQuery(database).lastId());
    long killed = System.currentTimeMillis();
    ProcessHandle.of(ProcessStart.pidOf(worker)).orElseThrow().destroyForcibly();
    return await(feed, event -> isClaimOfSuccessor(event, worker)).timestamp().toEpochMilli()
        - (double) killed;
  }

  private static boolean isClaimOfSuccessor(Event event, Event worker) {
    RunId run = event.runId();
    return event.is(EventType.TASK_CLAIMED)
        && event.emitter().instanceId().equals(worker.emitter().instanceId())
        && !run.equals(worker.runId());
  }

  private static Event await(EventFeed feed, Predicate<Event> wanted) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<Event> found = feed.next(LONGEST).stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException("nobody took over within " + LONGEST.toSeconds() + " s");
  }
}

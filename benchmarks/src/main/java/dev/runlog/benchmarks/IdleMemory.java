package dev.runlog.benchmarks;

import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.RunId;
import dev.runlog.process.child.SmallJvm;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The memory that an idle supervisor and its one idle worker hold: started by {@code ./runlog up},
 * and both by a plain {@code java -jar}, in turn.
 */
final class IdleMemory implements Benchmark {

  private static final int RUNS = 3;
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private static final Duration UNTIL_IDLE = Duration.ofSeconds(5);

  private final List<Double> supervisors = new ArrayList<>();
  private final List<Double> workers = new ArrayList<>();
  private final List<Double> plainSupervisors = new ArrayList<>();
  private final List<Double> plainWorkers = new ArrayList<>();

  @Override
  public void run(PrintStream out) throws Exception {
    WarmWorker.jvmArgs();
    for (int i = 0; i < RUNS; i++) {
      measureSmall();
      measurePlain();
    }
    out.println("resident memory of idle processes, " + RUNS + " runs in turn");
    print(out, "supervisor, by ./runlog up", supervisors);
    print(out, "its worker, encoding loaded", workers);
    print(out, "supervisor, plain java -jar", plainSupervisors);
    print(out, "worker, plain java -jar", plainWorkers);
  }

  private static void print(PrintStream out, String what, List<Double> mebibytes) {
    out.printf("  %-29s %s%n", what, new Sample(mebibytes).describe("MiB"));
  }

  private void measureSmall() throws Exception {
    try (Workshop workshop = Workshop.open();
        Database database = open(workshop)) {
      Process supervisor =
          workshop.startWith(SmallJvm.ARGS, "supervisor", Map.of(), "--workers", "1");
      List<Event> starts = awaitIdleWorkers(1, supervisor, database);
      supervisors.add(ResidentMemory.mebibytes(supervisor.pid()));
      workers.add(ResidentMemory.mebibytes(ProcessStart.pidOf(starts.get(0))));
    }
  }

  private void measurePlain() throws Exception {
    try (Workshop workshop = Workshop.open();
        Database database = open(workshop)) {
      Process supervisor = workshop.start("supervisor", Map.of(), "--workers", "1");
      Process worker = workshop.start("worker", Map.of());
      awaitIdleWorkers(2, supervisor, database);
      plainSupervisors.add(ResidentMemory.mebibytes(supervisor.pid()));
      plainWorkers.add(ResidentMemory.mebibytes(worker.pid()));
    }
  }

  private static Database open(Workshop workshop) {
    return Database.open(new DatabaseSettings(workshop.database().toString(), Durability.PROCESS));
  }

  /** Returns the starts of the workers, some time after the first heartbeat of the last one. */
  private static List<Event> awaitIdleWorkers(int count, Process supervisor, Database database)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    List<Event> starts = List.of();
    while (starts.size() < count) {
      if (supervisor.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline >= 0) {
        throw new IllegalStateException(
            starts.size() + " of " + count + " worker(s) are ready after " + LONGEST_START);
      }
      starts = workersWithHeartbeat(database);
    }
    supervisor.waitFor(UNTIL_IDLE.toMillis(), TimeUnit.MILLISECONDS);
    return starts;
  }

  /** A worker beats once its encoding is loaded. */
  private static List<Event> workersWithHeartbeat(Database database) {
    Map<RunId, Long> beats = new Heartbeats(database, InstantSource.system()).all();
    return new EventQuery(database)
        .ofType(EventType.PROCESS_STARTED).stream()
            .filter(ProcessStart::isOfWorker)
            .filter(start -> beats.containsKey(start.runId()))
            .toList();
  }
}

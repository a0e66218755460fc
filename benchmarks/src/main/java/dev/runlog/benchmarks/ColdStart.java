package dev.runlog.benchmarks;

import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the spawn of a worker to its committed {@code process.started}: started as a supervisor
 * starts it, against a plain {@code java -jar} of the same jar, the two in turn.
 */
final class ColdStart implements Benchmark {

  private static final int WARM_UPS = 1;
  private static final int RUNS = 9;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  /** A supervisor names its workers. */
  private static final Map<String, String> NAMED = Map.of("INSTANCE_ID", "W00001");

  @Override
  public void run(PrintStream out) throws Exception {
    List<String> warmArgs = WarmWorker.jvmArgs();
    List<Double> plain = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    try (Workshop workshop = Workshop.open();
        Database database = open(workshop.database())) {
      for (int i = 0; i < WARM_UPS + RUNS; i++) {
        double plainMillis = millisToStart(workshop, database, List.of());
        double warmMillis = millisToStart(workshop, database, warmArgs);
        if (i >= WARM_UPS) {
          plain.add(plainMillis);
          warm.add(warmMillis);
        }
      }
    }
    print(out, new Sample(plain), new Sample(warm));
  }

  private static void print(PrintStream out, Sample plain, Sample warm) {
    Sample ratio = warm.dividedBy(plain);
    out.println("spawn of a worker to its committed process.started, " + RUNS + " runs in turn");
    out.println("  plain java -jar    " + plain.describe("ms"));
    out.println("  by a supervisor    " + warm.describe("ms"));
    out.printf(
        "  ratio              %.2f (%.2f to %.2f)%n", ratio.median(), ratio.least(), ratio.most());
  }

  private static double millisToStart(Workshop workshop, Database database, List<String> jvmArgs)
      throws Exception {
    EventQuery events = new EventQuery(database);
    long lastId = events.lastId();
    long spawned = System.nanoTime();
    Process worker = workshop.startWith(jvmArgs, "worker", NAMED);
    awaitStart(worker, events, lastId);
    double millis = (System.nanoTime() - spawned) / 1e6;
    worker.destroyForcibly().waitFor();
    return millis;
  }

  private static Database open(Path file) {
    return Database.open(new DatabaseSettings(file.toString(), Durability.POWER));
  }

  /** A feed would look every 25 ms, which is too coarse here. */
  private static void awaitStart(Process worker, EventQuery events, long lastId)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (events.lastId() == lastId) {
      if (!worker.isAlive() || System.nanoTime() - deadline >= 0) {
        throw new IllegalStateException(
            "the worker did not start within " + LONGEST_START.toSeconds() + " s");
      }
      Thread.sleep(1);
    }
    Event first = events.after(lastId, 1).get(0);
    if (!first.is(EventType.PROCESS_STARTED)) {
      throw new IllegalStateException("the first event of the worker is " + first.eventType());
    }
  }
}

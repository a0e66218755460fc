package dev.runlog.benchmarks;

import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the spawn of a worker to its committed {@code process.started}, and the memory that an idle
 * worker holds.
 */
final class ColdStart implements Benchmark {

  private static final int WARM_UPS = 1;
  private static final int RUNS = 7;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final Duration UNTIL_IDLE = Duration.ofSeconds(4);

  @Override
  public void run(PrintStream out) throws Exception {
    List<Double> startMillis = new ArrayList<>();
    List<Double> residentMiB = new ArrayList<>();
    try (Workshop workshop = Workshop.open()) {
      for (int i = 0; i < WARM_UPS + RUNS; i++) {
        try (Database database = open(workshop.database())) {
          long lastId = new EventQuery(database).lastId();
          long spawned = System.nanoTime();
          Process worker = workshop.start("worker", Map.of());
          awaitStart(EventFeed.after(database, lastId));
          double millis = (System.nanoTime() - spawned) / 1e6;
          worker.waitFor(UNTIL_IDLE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
          if (i >= WARM_UPS) {
            startMillis.add(millis);
            residentMiB.add(residentMiB(worker.pid()));
          }
          worker.destroy();
          worker.waitFor();
        }
      }
    }
    out.println("cold start of a worker, " + RUNS + " runs, median (least to most)");
    out.println("  spawn to committed process.started   " + new Sample(startMillis).describe("ms"));
    out.println(
        "  resident memory once idle            " + new Sample(residentMiB).describe("MiB"));
  }

  private static Database open(Path file) {
    return Database.open(new DatabaseSettings(file.toString(), Durability.POWER));
  }

  private static void awaitStart(EventFeed feed) {
    List<Event> events = feed.next(LONGEST_START);
    if (events.stream().noneMatch(event -> event.is(EventType.PROCESS_STARTED))) {
      throw new IllegalStateException(
          "the worker did not start within " + LONGEST_START.toSeconds() + " s");
    }
  }

  /** As the kernel counts it; only where there is a /proc. */
  private static double residentMiB(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}

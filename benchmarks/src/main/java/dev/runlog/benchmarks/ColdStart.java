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
import dev.runlog.process.child.JarFinder;
import dev.runlog.process.warm.WarmStart;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * From the spawn of a worker to its committed {@code process.started}, and the memory that an idle
 * worker holds: started as a supervisor starts it, against a plain {@code java -jar} of the same
 * jar, the two in turn.
 */
final class ColdStart implements Benchmark {

  private static final int WARM_UPS = 1;
  private static final int RUNS = 9;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final Duration UNTIL_IDLE = Duration.ofSeconds(4);

  /** As a supervisor gives them to its workers. */
  private static final List<String> JVM_ARGS =
      List.of(
          "-Xms24m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError");

  private record Start(double millis, double residentMiB) {}

  @Override
  public void run(PrintStream out) throws Exception {
    List<String> warmArgs = new ArrayList<>(JVM_ARGS);
    warmArgs.addAll(warmStart().jvmArgs());
    List<Start> plain = new ArrayList<>();
    List<Start> warm = new ArrayList<>();
    try (Workshop workshop = Workshop.open()) {
      for (int i = 0; i < WARM_UPS + RUNS; i++) {
        Start plainStart = start(workshop, List.of());
        Start warmStart = start(workshop, warmArgs);
        if (i >= WARM_UPS) {
          plain.add(plainStart);
          warm.add(warmStart);
        }
      }
    }
    out.println("cold start of a worker, " + RUNS + " runs each in turn, median (least to most)");
    out.println("  spawn to committed process.started");
    print(out, "plain java -jar", millis(plain), "ms");
    print(out, "by a supervisor", millis(warm), "ms");
    out.printf(
        "    ratio of the medians                %.2f%n",
        millis(warm).median() / millis(plain).median());
    out.println("  resident memory once idle");
    print(out, "plain java -jar", mebibytes(plain), "MiB");
    print(out, "by a supervisor", mebibytes(warm), "MiB");
  }

  private static WarmStart warmStart() throws InterruptedException {
    Path jar = JarFinder.around(ColdStart.class).find("worker", Optional.empty(), "the build");
    WarmStart warmStart = WarmStart.of(jar, Map.of());
    warmStart.unpackLibrary();
    if (!warmStart.makeArchive(JVM_ARGS, "--rehearse")) {
      throw new IllegalStateException("no archive could be made of " + jar);
    }
    return warmStart;
  }

  private static void print(PrintStream out, String what, Sample sample, String unit) {
    out.printf("    %-35s %s%n", what, sample.describe(unit));
  }

  private static Sample millis(List<Start> starts) {
    return new Sample(starts.stream().map(Start::millis).toList());
  }

  private static Sample mebibytes(List<Start> starts) {
    return new Sample(starts.stream().map(Start::residentMiB).toList());
  }

  private static Start start(Workshop workshop, List<String> jvmArgs) throws Exception {
    try (Database database = open(workshop.database())) {
      long lastId = new EventQuery(database).lastId();
      long spawned = System.nanoTime();
      Process worker = workshop.startWith(jvmArgs, "worker", Map.of());
      awaitStart(EventFeed.after(database, lastId));
      double millis = (System.nanoTime() - spawned) / 1e6;
      worker.waitFor(UNTIL_IDLE.toMillis(), TimeUnit.MILLISECONDS);
      double resident = residentMiB(worker.pid());
      worker.destroy();
      worker.waitFor();
      return new Start(millis, resident);
    }
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

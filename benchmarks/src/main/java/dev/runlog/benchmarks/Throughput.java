package dev.runlog.benchmarks;

import dev.runlog.benchmarks.measure.Benchmark;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventQuery;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tasks a second, end to end: queue, claim, HTTP to a simulator without latency, result, and all
 * events of it.
 */
final class Throughput implements Benchmark {

  private static final int RUNS = 3;
  private static final int WORKERS = 4;
  private static final int TASKS = 2000;

  @Override
  public void run(PrintStream out) throws Exception {
    out.println(
        "tasks a second end to end, "
            + TASKS
            + " tasks, "
            + WORKERS
            + " workers, simulator without latency, "
            + RUNS
            + " runs");
    for (Durability durability : Durability.values()) {
      List<Double> rates = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        rates.add(measure(durability));
      }
      out.println(
          "  durability " + durability.wireName() + ": " + new Sample(rates).describe("tasks/s"));
    }
  }

  private static double measure(Durability durability) throws Exception {
    try (Workshop workshop = Workshop.open();
        Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
      submit(workshop.database());
      Process supervisor =
          workshop.start(
              "supervisor",
              Map.of(
                  "OPENAI_BASE_URL",
                  simulator.baseUrl(),
                  "RUNLOG_DURABILITY",
                  durability.wireName()),
              "--workers",
              Integer.toString(WORKERS),
              "--drain");
      if (supervisor.waitFor() != 0) {
        throw new IllegalStateException("the supervisor ended with " + supervisor.exitValue());
      }
      return TASKS / busySeconds(workshop.database());
    }
  }

  private static void submit(Path file) {
    try (Database database = open(file)) {
      EventLog log = new EventLog(database, InstantSource.system());
      Emitter emitter =
          log.start(
              Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
      new TaskQueue(database, log, InstantSource.system())
          .submit(
              emitter,
              IntStream.range(0, TASKS)
                  .mapToObj(i -> TaskSpec.prompt("Say the number " + i))
                  .toList());
    }
  }

  /** From the first claim to the last end: without the start of the JVMs. */
  private static double busySeconds(Path file) {
    try (Database database = open(file)) {
      EventQuery events = new EventQuery(database);
      Event first = events.ofType(EventType.TASK_CLAIMED).get(0);
      List<Event> done = events.ofType(EventType.TASK_DONE);
      if (done.size() != TASKS) {
        throw new IllegalStateException(done.size() + " of " + TASKS + " tasks are done");
      }
      return Duration.between(first.timestamp(), done.get(done.size() - 1).timestamp()).toMillis()
          / 1e3;
    }
  }

  private static Database open(Path file) {
    return Database.open(new DatabaseSettings(file.toString(), Durability.PROCESS));
  }
}

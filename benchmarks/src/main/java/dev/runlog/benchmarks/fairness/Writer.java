package dev.runlog.benchmarks.fairness;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One of the processes. For each {@link Round}, a line of its standard input, it opens the
 * database, prints {@value #READY}, waits for a line that tells it to go, appends, and prints a
 * line of {@link Waits}. It lives through all rounds, so each candidate meets the same warm JVMs.
 */
final class Writer {

  static final String READY = "ready";

  private static final UserEvent EVENT =
      new UserEvent("step.taken", Map.of("text", "x".repeat(380)));

  private final BufferedReader in;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Writer(BufferedReader in) {
    this.in = in;
  }

  public static void main(String[] args) throws Exception {
    new Writer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))).run();
  }

  private void run() throws IOException, InterruptedException, ExecutionException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(waitsOf(Round.of(line)).toLine());
    }
    threads.shutdown();
  }

  private Waits waitsOf(Round round) throws IOException, InterruptedException, ExecutionException {
    DatabaseSettings settings = new DatabaseSettings(round.database(), round.load().durability());
    try (Database database = Database.open(settings, round.turns())) {
      EventLog log = new EventLog(database, InstantSource.system());
      Emitter emitter =
          log.start(Optional.empty(), "writer", "benchmark", new ProcessStarted("1", 1, "", "", 0));
      System.out.println(READY);
      in.readLine();
      return waitsOf(round.load(), log, emitter);
    }
  }

  private Waits waitsOf(Round.Load load, EventLog log, Emitter emitter)
      throws InterruptedException, ExecutionException {
    List<Future<Waits>> running = new ArrayList<>();
    for (int i = 0; i < load.threads(); i++) {
      running.add(threads.submit(() -> append(load, log, emitter)));
    }
    Waits all = new Waits();
    for (Future<Waits> waits : running) {
      all.addAll(waits.get());
    }
    return all;
  }

  private static Waits append(Round.Load load, EventLog log, Emitter emitter) {
    Waits waits = new Waits();
    long end = System.nanoTime() + load.time().toNanos();
    pause(load);
    while (System.nanoTime() < end) {
      long asked = System.nanoTime();
      try {
        log.append(emitter, EVENT);
        waits.addServed(System.nanoTime() - asked);
      } catch (DatabaseException e) {
        waits.addRefused();
      }
      pause(load);
    }
    return waits;
  }

  /** For a random time, so that the processes do not fall into step. */
  private static void pause(Round.Load load) {
    if (load.isSaturating()) {
      return;
    }
    long mean = Duration.ofSeconds(load.threads()).toNanos() / load.eventsPerSecond();
    long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(2 * mean);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}

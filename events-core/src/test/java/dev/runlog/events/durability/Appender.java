package dev.runlog.events.durability;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * A process whose threads append numbered steps until its standard input ends. It writes each
 * acknowledgement to a file after the append has returned, so the file never knows too much. An
 * append that fails ends the process with 1.
 */
final class Appender {

  static final String READY = "ready";
  static final int THREADS = 4;
  static final int FAILED = 1;

  private final EventLog log;
  private final Emitter emitter;
  private final FileOutputStream acknowledgements;
  private volatile boolean stopped;

  private Appender(EventLog log, Emitter emitter, FileOutputStream acknowledgements) {
    this.log = log;
    this.emitter = emitter;
    this.acknowledgements = acknowledgements;
  }

  public static void main(String[] args) throws Exception {
    DatabaseSettings settings = new DatabaseSettings(args[0], Durability.of(args[1]));
    Path acknowledgements = Path.of(args[2]);
    try (FileOutputStream file = new FileOutputStream(acknowledgements.toFile());
        Database database = Database.open(settings)) {
      EventLog log = new EventLog(database, InstantSource.system());
      ProcessStarted started =
          new ProcessStarted("test", ProcessHandle.current().pid(), "host", "17", 0);
      Emitter emitter = log.start(Optional.empty(), "appender", "worker", started);
      new Appender(log, emitter, file).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads[i] = new Thread(() -> append(thread));
      threads[i].start();
    }
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Only the end of the input counts.
    }
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void append(int thread) {
    try {
      for (int step = 0; !stopped; step++) {
        EventId id =
            log.append(
                emitter, new UserEvent("step.taken", Map.of("thread", thread, "step", step)));
        acknowledgements.write(
            new Step(emitter.runId().value(), thread, step, id.value()).toLine());
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("append: " + e);
      Runtime.getRuntime().halt(FAILED);
    }
  }
}

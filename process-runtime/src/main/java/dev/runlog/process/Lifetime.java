package dev.runlog.process;

import dev.runlog.process.lifecycle.Grace;
import dev.runlog.process.lifecycle.GraceWatch;
import dev.runlog.process.lifecycle.Shutdown;
import java.time.Duration;
import java.util.OptionalInt;

/** A run from its main's call to its last event, of which there is exactly one. */
final class Lifetime {

  /** The last event of a run that hangs must not hang as well. */
  private static final Duration LONGEST_LAST_WORD = Duration.ofSeconds(2);

  private final RunContext context;
  private final OwnProcess process;
  private final Surroundings surroundings;
  private OptionalInt exitCode = OptionalInt.empty();

  Lifetime(RunContext context, OwnProcess process, Surroundings surroundings) {
    this.context = context;
    this.process = process;
    this.surroundings = surroundings;
  }

  /** Runs the main on this thread; returns the exit code, never throws. */
  int live(ProcessMain main, Grace grace) {
    Ending reached;
    try (GraceWatch watch =
        GraceWatch.overThisThread(context.shutdown(), grace, this::endByForce)) {
      reached = run(main, watch);
    }
    if (reached instanceof Ending.Failed failed) {
      failed.report().printTo(surroundings.err());
    }
    return settle(reached);
  }

  private Ending run(ProcessMain main, GraceWatch watch) {
    Shutdown shutdown = context.shutdown();
    try {
      int returned = main.run(context);
      return Ending.returned(returned, shutdown.reason(), watch.isExceeded());
    } catch (Throwable t) {
      // Also errors: a process that ran out of stack or misses a class can still say so.
      return Ending.threw(t, shutdown.reason(), watch.isExceeded());
    }
  }

  /**
   * Logs the ending unless another one was logged before, and returns its exit code. Whoever comes
   * second waits for the first, so that the database is not closed under its last event.
   */
  private synchronized int settle(Ending reached) {
    if (exitCode.isEmpty()) {
      exitCode = OptionalInt.of(log(reached));
    }
    return exitCode.getAsInt();
  }

  private int log(Ending reached) {
    try {
      context.events().append(reached.event(process.uptimeMillis()));
      return reached.exitCode();
    } catch (RuntimeException e) {
      FailureReport report = FailureReport.of(e);
      report.printTo(surroundings.err());
      return reached.exitCode() == ExitCode.OK ? report.exitCode() : reached.exitCode();
    }
  }

  /** On the thread of the watch, while the main still hangs. */
  private void endByForce() {
    Ending forced = Ending.forced(context.shutdown().reason().orElse(Ending.COMPLETED));
    Thread lastWord = new Thread(() -> settle(forced), "runlog-last-word");
    lastWord.setDaemon(true);
    lastWord.start();
    try {
      lastWord.join(LONGEST_LAST_WORD.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    surroundings.lastResort().accept(forced.exitCode());
  }
}

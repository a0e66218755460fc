package dev.runlog.process.lifecycle;

import dev.runlog.events.db.DatabaseException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lives through a database that is away for a while: tries again until it is back, and says so once
 * a minute. A process that gave up at the first error would turn an outage of the database into a
 * crash of the fleet. Thread-safe.
 */
public final class Outage {

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

  private final Shutdown shutdown;
  private final PrintStream err;
  private long lastReportNanos;
  private boolean hasReported;
  private long failures;

  /**
   * @param shutdown ends the waiting
   * @param err where the reports go
   */
  public Outage(Shutdown shutdown, PrintStream err) {
    this.shutdown = shutdown;
    this.err = err;
  }

  /**
   * Does something on the database, again and again while the database is unavailable or locked.
   * What is done must be safe to do again after a failure, as a transaction is.
   *
   * @param what for the report, such as {@code claim a task}
   * @return its result; empty when the process was asked to end before the database was back
   * @throws DatabaseException of the kinds that waiting does not cure
   */
  public <T> Optional<T> outlast(String what, Supplier<T> action) {
    while (true) {
      try {
        Optional<T> result = Optional.of(action.get());
        reportRecovery();
        return result;
      } catch (DatabaseException e) {
        if (!isPassing(e)) {
          throw e;
        }
        report(what, e);
        if (isEndAskedFor()) {
          return Optional.empty();
        }
      }
    }
  }

  /** Whether waiting may cure it. */
  public static boolean isPassing(DatabaseException e) {
    return switch (e.kind()) {
      case UNAVAILABLE, BUSY -> true;
      case MISCONFIGURED, FAILED -> false;
    };
  }

  private boolean isEndAskedFor() {
    try {
      return shutdown.await(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * How many tries have failed so far. Where it has grown, something that was done again may have
   * been done before too: a commit may have come through although nobody heard of it.
   */
  public synchronized long failures() {
    return failures;
  }

  private synchronized void report(String what, DatabaseException e) {
    failures++;
    long now = System.nanoTime();
    if (!hasReported || now - lastReportNanos >= BETWEEN_REPORTS.toNanos()) {
      err.println("runlog: " + what + ": " + e.getMessage() + "; trying again every second");
      hasReported = true;
      lastReportNanos = now;
    }
  }

  private synchronized void reportRecovery() {
    if (hasReported) {
      err.println("runlog: the database is back");
      hasReported = false;
    }
  }
}

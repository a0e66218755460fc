package dev.runlog.process.lifecycle;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.instances.Heartbeats;
import dev.runlog.events.log.RunId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells every two seconds, on a daemon thread, that a run lives. While the database is away it
 * keeps trying and says nothing: whoever does the work reports the outage, and whoever watches
 * cannot look either. Close it before the database.
 */
public final class Heartbeat implements AutoCloseable {

  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Heartbeats heartbeats;
  private final RunId run;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::beatUntilEnded, "runlog-heartbeat");

  private Heartbeat(Heartbeats heartbeats, RunId run) {
    this.heartbeats = heartbeats;
    this.run = run;
  }

  /** Starts to beat; the first beat is under way when it returns. */
  public static Heartbeat start(Heartbeats heartbeats, RunId run) {
    Heartbeat heartbeat = new Heartbeat(heartbeats, run);
    heartbeat.thread.setDaemon(true);
    heartbeat.thread.start();
    return heartbeat;
  }

  /** Stops and takes the row away, also on a thread that is interrupted, which it stays. */
  @Override
  public void close() {
    ended.countDown();
    boolean wasInterrupted = Thread.interrupted();
    endRow();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endRow() {
    try {
      thread.join(INTERVAL.toMillis());
      heartbeats.end(run);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DatabaseException e) {
      // The row stays until somebody logs the end of the run; a beat that no longer changes is
      // right for a run that has ended.
      System.err.println("runlog: end the heartbeat of run " + run + ": " + e.getMessage());
    }
  }

  private void beatUntilEnded() {
    try {
      do {
        beat();
      } while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      heartbeats.beat(run);
    } catch (DatabaseException e) {
      if (!Outage.isPassing(e)) {
        System.err.println("runlog: heartbeat of run " + run + ": " + e.getMessage());
      }
    }
  }
}

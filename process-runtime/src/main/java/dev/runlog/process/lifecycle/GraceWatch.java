package dev.runlog.process.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds a thread to its grace: once the end was asked for, the thread has that long to finish, is
 * then interrupted, and if it still does not finish, an action of last resort is run. Close it when
 * the thread has finished; it will not be interrupted after that. Thread-safe.
 */
public final class GraceWatch implements AutoCloseable {

  private final Thread watched;
  private final Shutdown shutdown;
  private final Grace grace;
  private final Runnable lastResort;
  private boolean finished;
  private boolean exceeded;
  private boolean hurried;
  private long hurriedAtNanos;

  private GraceWatch(Thread watched, Shutdown shutdown, Grace grace, Runnable lastResort) {
    this.watched = watched;
    this.shutdown = shutdown;
    this.grace = grace;
    this.lastResort = lastResort;
  }

  /** Watches the calling thread from now on. */
  public static GraceWatch overThisThread(Shutdown shutdown, Grace grace, Runnable lastResort) {
    GraceWatch watch = new GraceWatch(Thread.currentThread(), shutdown, grace, lastResort);
    shutdown.onHurry(watch::hurry);
    shutdown.onRequest(watch::start);
    return watch;
  }

  /** Whether the thread was interrupted because its grace was over. */
  public synchronized boolean isExceeded() {
    return exceeded;
  }

  /** Ends the watch and clears the interrupt that it may have caused; call it on that thread. */
  @Override
  public synchronized void close() {
    finished = true;
    notifyAll();
    if (exceeded) {
      Thread.interrupted();
    }
  }

  private synchronized void hurry() {
    hurried = true;
    hurriedAtNanos = System.nanoTime();
    notifyAll();
  }

  private void start() {
    Thread watcher = new Thread(this::watch, "runlog-grace");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch() {
    try {
      long asked = System.nanoTime();
      if (finishesWhile(() -> nanosOfGrace(asked)) || !interruptWatched()) {
        return;
      }
      long interrupted = System.nanoTime();
      if (!finishesWhile(() -> nanosLeft(interrupted, grace.afterInterrupt()))) {
        lastResort.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end as long as there are nanoseconds left; returns whether it came. */
  private synchronized boolean finishesWhile(LongSupplier nanosLeft) throws InterruptedException {
    while (!finished) {
      long left = nanosLeft.getAsLong();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  private synchronized long nanosOfGrace(long asked) {
    long left = nanosLeft(asked, grace.of(shutdown.reason().orElse("")));
    return hurried ? Math.min(left, nanosLeft(hurriedAtNanos, grace.hurried())) : left;
  }

  private synchronized boolean interruptWatched() {
    if (!finished) {
      exceeded = true;
      watched.interrupt();
    }
    return exceeded;
  }

  private static long nanosLeft(long start, Duration time) {
    return time.toNanos() - (System.nanoTime() - start);
  }
}

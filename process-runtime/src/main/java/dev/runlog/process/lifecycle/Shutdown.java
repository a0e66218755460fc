package dev.runlog.process.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The request that a process end, and whether it may take its time. It only asks: whoever does the
 * work looks here and stops. Thread-safe.
 */
public final class Shutdown {

  /** The reason of a process that was asked to end by SIGTERM. */
  public static final String SIGTERM = "SIGTERM";

  /** The reason of a process that was asked to end by SIGINT, as by Ctrl-C. */
  public static final String SIGINT = "SIGINT";

  /** The reason of a process whose terminal was closed. */
  public static final String SIGHUP = "SIGHUP";

  /** The reason of a process whose parent is gone. */
  public static final String PARENT_GONE = "parent_gone";

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch hurried = new CountDownLatch(1);
  private final List<Runnable> onRequest = new ArrayList<>();
  private final List<Runnable> onHurry = new ArrayList<>();
  private Optional<String> reason = Optional.empty();

  /**
   * Asks for the end; the first reason stays. Runs what was registered for it on this thread.
   *
   * @return whether this was the first request
   */
  public boolean request(String why) {
    List<Runnable> listeners;
    synchronized (this) {
      if (reason.isPresent()) {
        return false;
      }
      reason = Optional.of(why);
      requested.countDown();
      listeners = List.copyOf(onRequest);
    }
    listeners.forEach(Shutdown::runSafely);
    return true;
  }

  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Why the end was asked for, empty as long as it was not. */
  public synchronized Optional<String> reason() {
    return reason;
  }

  /** Waits until the end is asked for or the time is over; returns whether it is asked for. */
  public boolean await(Duration longest) throws InterruptedException {
    return requested.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Runs an action when the end is asked for, at once when it already was. It runs on the thread
   * that asks, so it must be quick; what it throws is printed and stops nothing.
   */
  public void onRequest(Runnable action) {
    synchronized (this) {
      if (!isRequested()) {
        onRequest.add(action);
        return;
      }
    }
    runSafely(action);
  }

  /** Asks to skip what would be waited for before the end; does not ask for the end itself. */
  public void hurry() {
    List<Runnable> listeners;
    synchronized (this) {
      if (isHurried()) {
        return;
      }
      hurried.countDown();
      listeners = List.copyOf(onHurry);
    }
    listeners.forEach(Shutdown::runSafely);
  }

  /** Whether the work at hand should be dropped instead of finished. */
  public boolean isHurried() {
    return hurried.getCount() == 0;
  }

  /** Waits until a hurry is asked for or the time is over; returns whether it is asked for. */
  public boolean awaitHurry(Duration longest) throws InterruptedException {
    return hurried.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Like {@link #onRequest}, for a hurry. */
  public void onHurry(Runnable action) {
    synchronized (this) {
      if (!isHurried()) {
        onHurry.add(action);
        return;
      }
    }
    runSafely(action);
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}

package dev.runlog.worker;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQuery;
import dev.runlog.process.lifecycle.Outage;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks four times a second whether somebody wants the task at hand to be dropped, and then
 * interrupts its handler. One handler at a time; thread-safe. Close it when the worker ends.
 */
final class CancelWatch implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** The handler ended because its task was cancelled. */
  static final class CancelledException extends Exception {
    CancelledException(Exception cause) {
      super(cause);
    }
  }

  private final TaskQuery tasks;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable TaskId watched;
  private @Nullable Thread handler;
  private boolean isCancelled;

  private CancelWatch(TaskQuery tasks) {
    this.tasks = tasks;
  }

  static CancelWatch start(TaskQuery tasks) {
    CancelWatch watch = new CancelWatch(tasks);
    Thread thread = new Thread(watch::lookUntilEnded, "runlog-cancel");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  /**
   * Runs a handler on this thread.
   *
   * @throws CancelledException when it ended without a result after its task was cancelled; one
   *     that has its result all the same is done
   * @throws Exception whatever else it throws
   */
  <T> T over(TaskId task, Callable<T> handling) throws Exception {
    begin(task);
    try {
      return handling.call();
    } catch (Exception e) {
      if (end()) {
        throw new CancelledException(e);
      }
      throw e;
    } finally {
      end();
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private synchronized void begin(TaskId task) {
    watched = task;
    handler = Thread.currentThread();
    isCancelled = false;
  }

  /**
   * Ends the watch and takes back the interrupt that it caused; returns whether it was cancelled.
   */
  private synchronized boolean end() {
    if (isCancelled && watched != null) {
      Thread.interrupted();
    }
    watched = null;
    handler = null;
    return isCancelled;
  }

  private synchronized @Nullable TaskId watched() {
    return isCancelled ? null : watched;
  }

  private synchronized void cancel(TaskId task) {
    if (task.equals(watched) && handler != null) {
      isCancelled = true;
      handler.interrupt();
    }
  }

  private void lookUntilEnded() {
    try {
      while (!ended.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        TaskId task = watched();
        if (task != null && isCancelRequested(task)) {
          cancel(task);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isCancelRequested(TaskId task) {
    try {
      return tasks.isCancelRequested(task);
    } catch (DatabaseException e) {
      if (!Outage.isPassing(e)) {
        System.err.println(
            "runlog: look whether task " + task + " is cancelled: " + e.getMessage());
      }
      return false;
    }
  }
}

package dev.runlog.events.db;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what callers hang on a commit that they do not wait for, one after the other and never on
 * the writer thread, which must not wait for anybody. Its thread is started when first wanted.
 */
final class Acknowledger implements Executor, AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Duration longestWait;
  private @Nullable ExecutorService thread;
  private boolean closed;

  Acknowledger() {
    this(LONGEST_WAIT);
  }

  /**
   * @param longestWait how long closing waits for what was handed in
   */
  Acknowledger(Duration longestWait) {
    this.longestWait = longestWait;
  }

  @Override
  public void execute(Runnable task) {
    ExecutorService executor = executorUnlessClosed();
    if (executor == null) {
      task.run();
    } else {
      executor.execute(task);
    }
  }

  /**
   * Lets what was handed in run to its end, and waits for that for a moment; what has not begun by
   * then runs on this thread, what comes later on its caller's.
   */
  @Override
  public void close() {
    ExecutorService last = shutDown();
    try {
      if (last != null && !last.awaitTermination(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        last.shutdownNow().forEach(Runnable::run);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable ExecutorService shutDown() {
    closed = true;
    if (thread != null) {
      thread.shutdown();
    }
    return thread;
  }

  private synchronized @Nullable ExecutorService executorUnlessClosed() {
    if (closed) {
      return null;
    }
    if (thread == null) {
      thread =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread named = new Thread(task, "runlog-acknowledger");
                named.setDaemon(true);
                return named;
              });
    }
    return thread;
  }
}

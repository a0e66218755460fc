package dev.runlog.events.db;

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

  private static final int LONGEST_WAIT_SECONDS = 5;

  private @Nullable ExecutorService thread;
  private boolean closed;

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
   * Lets what was handed in run to its end, and waits for that for a moment; what comes later runs
   * on its caller's thread.
   */
  @Override
  public void close() {
    ExecutorService last = shutDown();
    try {
      if (last != null && !last.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        last.shutdownNow();
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

package dev.runlog.llm.openai;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.connection.ConnectionListener;

/**
 * All threads of one OkHttp client: those that send and read, and those that OkHttp tends its
 * connections with. The latter it shares by default among all clients of a process and keeps for a
 * minute after the last; here they are the client's own, so that they end when it is closed. What
 * gives OkHttp other ones is of its internals. Thread-safe.
 */
final class HttpThreads {

  private static final int IDLE_CONNECTIONS = 5;
  private static final long IDLE_MINUTES = 5;

  private final Set<Thread> started = ConcurrentHashMap.newKeySet();
  private final ExecutorService calls = newCallThreads();
  private final TaskRunner.RealBackend chores =
      new TaskRunner.RealBackend(factory("runlog-llm-connections-"));
  private final ConnectionPool connections;
  private final Dispatcher dispatcher = new Dispatcher(calls);
  private final TaskRunner runner;

  HttpThreads() {
    runner = new TaskRunner(chores, TaskRunner.INSTANCE.getLogger$okhttp());
    connections =
        new ConnectionPool(
            IDLE_CONNECTIONS,
            IDLE_MINUTES,
            TimeUnit.MINUTES,
            runner,
            ConnectionListener.Companion.getNONE());
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
  }

  /** A builder of the client that these threads are for. */
  OkHttpClient.Builder newClient() {
    return new OkHttpClient.Builder()
        .taskRunner$okhttp(runner)
        .connectionPool(connections)
        .dispatcher(dispatcher);
  }

  /** Cuts what is under way and waits until all threads have ended, at most the patience. */
  void close(long patienceMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    dispatcher.cancelAll();
    calls.shutdown();
    connections.evictAll();
    awaitEnd(calls, deadline);
    chores.getExecutor().shutdownNow();
    awaitEnd(chores.getExecutor(), deadline);
    joinAll(deadline);
  }

  /** An executor has terminated a moment before its last thread has. */
  private void joinAll(long deadline) {
    try {
      for (Thread thread : started) {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(ExecutorService threads, long deadline) {
    try {
      if (!threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private ExecutorService newCallThreads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        factory("runlog-llm-"));
  }

  private ThreadFactory factory(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      started.removeIf(old -> old.getState() == Thread.State.TERMINATED);
      started.add(thread);
      return thread;
    };
  }
}

package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: callers hand in their work, one thread puts all that waits into one transaction and
 * wakes them when it is committed. The queue is bounded; when it is full, callers wait, nothing is
 * dropped.
 */
final class WriteQueue implements AutoCloseable {

  static final int CAPACITY = 4096;
  static final int LARGEST_BATCH = 512;

  /** Commits what waits together; tells every caller how it went. */
  interface Batches {

    /**
     * Commits the batch or fails it.
     *
     * @param queuedBehind tells how many more wait, for messages
     */
    void write(List<PendingWrite<?>> batch, IntSupplier queuedBehind);

    /**
     * How long to look out for more work before {@link #idle}, in nanoseconds; 0 for not at all.
     */
    long lookOutNanos();

    /** Nothing waits at the moment. */
    void idle();

    void close() throws SQLException;
  }

  private final String place;
  private final Batches batches;
  private final BlockingQueue<PendingWrite<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread writer;
  private volatile boolean closing;
  private volatile @Nullable Throwable death;

  /**
   * @param place where it writes, for messages
   */
  WriteQueue(String place, Batches batches) {
    this.place = place;
    this.batches = batches;
    this.writer = new Thread(this::writeUntilClosed, "runlog-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Queues work; waits while the queue is full, whether or not the thread is interrupted: a fact is
   * not lost because its thread was told to stop.
   */
  void add(PendingWrite<?> write) {
    if (Thread.currentThread() == writer) {
      throw new IllegalStateException(
          "a write was started inside another write; use the transaction that is at hand");
    }
    boolean interrupted = false;
    try {
      while (!offer(write)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (isDead()) {
      failAllQueued();
    }
  }

  /** Writes what is queued, then ends the writer. What is added afterwards is refused. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    failAllQueued();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A writer that dies says so first and then fails what waits, so nothing waits for ever. */
  private boolean isDead() {
    return death != null || !writer.isAlive();
  }

  private boolean offer(PendingWrite<?> write) {
    if (closing || isDead()) {
      throw closed();
    }
    try {
      return queue.offer(write, 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void writeUntilClosed() {
    List<PendingWrite<?>> batch = new ArrayList<>(LARGEST_BATCH);
    try {
      while (takeInto(batch)) {
        batches.write(batch, queue::size);
        batch.clear();
      }
    } catch (Throwable t) {
      death = t;
      batch.forEach(write -> write.failWith(closed()));
      failAllQueued();
    } finally {
      closeBatches();
    }
  }

  /** Also after a death: an open transaction would keep every other process from writing. */
  private void closeBatches() {
    try {
      batches.close();
    } catch (SQLException e) {
      if (death == null) {
        death = e;
      }
    }
  }

  /** Waits for work; false when the queue is closed and empty. */
  private boolean takeInto(List<PendingWrite<?>> batch) throws InterruptedException {
    while (batch.isEmpty()) {
      PendingWrite<?> first = next();
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, LARGEST_BATCH - 1);
      } else if (closing) {
        return false;
      }
    }
    return true;
  }

  private @Nullable PendingWrite<?> next() throws InterruptedException {
    PendingWrite<?> first = queue.poll();
    long lookOutNanos = first == null ? batches.lookOutNanos() : 0;
    if (lookOutNanos > 0) {
      first = queue.poll(lookOutNanos, TimeUnit.NANOSECONDS);
    }
    if (first == null) {
      batches.idle();
      first = queue.poll(20, TimeUnit.MILLISECONDS);
    }
    return first;
  }

  private void failAllQueued() {
    List<PendingWrite<?>> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(write -> write.failWith(closed()));
  }

  private DatabaseException closed() {
    Throwable cause = death;
    return cause == null
        ? new DatabaseException(
            Kind.FAILED,
            "write: the database is closed in this process; nothing was written (" + place + ")")
        : new DatabaseException(
            Kind.FAILED,
            "write: the writer thread has died; nothing was written; restart this process ("
                + place
                + ")",
            cause);
  }
}

package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: callers hand in their work, one thread puts all that waits into one transaction and
 * wakes them when it is committed. While nobody else wants to write, the caller of {@link #write}
 * commits its event itself, which saves both wake-ups. The queue is bounded; when it is full,
 * callers wait, nothing is dropped.
 */
final class WriteQueue implements AutoCloseable {

  static final int CAPACITY = 4096;
  static final int LARGEST_BATCH = 512;

  /**
   * Payloads are bounded one by one; a statement of 512 of the largest would be half a gigabyte.
   */
  static final int LARGEST_BATCH_CHARS = 8 << 20;

  /** Nothing to write: the writer thread is to look at what else has changed. */
  private static final PendingWrite<?> WAKE_UP = new PendingWork<>(transaction -> 0, true);

  /** It is woken for all that it has to know; this is for what nobody thought of. */
  private static final long LONGEST_SLEEP_MILLIS = 1_000;

  /**
   * Commits what waits together; tells every caller how it went. Used by one thread at a time, not
   * always the same.
   */
  interface Batches {

    /**
     * Commits the batch or fails it.
     *
     * @param queuedBehind tells how many more wait, for messages
     */
    void write(List<PendingWrite<?>> batch, IntSupplier queuedBehind);

    /**
     * Whether a batch could be begun now, by a thread that may be interrupted at any moment,
     * without waiting for other processes. If so one must follow, or {@link #idle}.
     */
    boolean isReadyAtOnce();

    /** Undoes what a batch that was broken off by an error may have left open. */
    void abandon() throws SQLException;

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

  /** Held by the thread that uses the batches. */
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * How many were accepted and are not yet told how it went. While there are any, who comes next
   * has to queue: so events of one thread keep their order.
   */
  private final AtomicInteger unfinished = new AtomicInteger();

  /**
   * Whether several wanted to write lately. Then callers leave the writing to the writer thread
   * also when nothing waits, since those that it has just woken are about to come back.
   */
  private volatile boolean isCrowded;

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
   * Commits an event on this thread if nobody else wants to write and no other process has the
   * turn, else queues it as {@link #add} does. Only for who waits for the commit at once.
   */
  void write(PendingEvent event) {
    if (!isWrittenHere(event)) {
      add(event);
    }
  }

  /**
   * Queues work; waits while the queue is full, whether or not the thread is interrupted: a fact is
   * not lost because its thread was told to stop.
   */
  void add(PendingWrite<?> write) {
    if (writing.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a write was started inside another write; use the transaction that is at hand");
    }
    unfinished.incrementAndGet();
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
    wakeUp();
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

  private boolean isWrittenHere(PendingEvent event) {
    if (isCrowded || !unfinished.compareAndSet(0, 1)) {
      return false;
    }
    writing.lock();
    try {
      boolean isWritten = !closing && !isDead() && isWrittenAlone(event);
      isCrowded = unfinished.get() > 1;
      return isWritten;
    } finally {
      writing.unlock();
      unfinished.decrementAndGet();
    }
  }

  /**
   * An error, such as the end of the caller's stack, is the caller's; others are not concerned.
   * Whether its event was written is not known then.
   */
  private boolean isWrittenAlone(PendingEvent event) {
    try {
      boolean isReady = batches.isReadyAtOnce();
      if (isReady) {
        batches.write(List.of(event), queue::size);
      }
      return isReady;
    } catch (RuntimeException | Error e) {
      abandon(e);
      throw e;
    }
  }

  private void abandon(Throwable cause) {
    try {
      batches.abandon();
    } catch (SQLException | RuntimeException | Error e) {
      cause.addSuppressed(e);
      death = cause; // The writer thread closes what could not be undone here.
      wakeUp();
    }
  }

  /** One that is full has no sleeping writer. */
  @SuppressWarnings("CheckReturnValue")
  private void wakeUp() {
    queue.offer(WAKE_UP);
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
        writeTogether(batch);
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

  private void writeTogether(List<PendingWrite<?>> batch) {
    writing.lock();
    try {
      fill(batch);
      batches.write(batch, queue::size);
    } finally {
      writing.unlock();
    }
    isCrowded = unfinished.getAndAdd(-batch.size()) > 1;
  }

  private void fill(List<PendingWrite<?>> batch) {
    long chars = batch.stream().mapToLong(PendingWrite::payloadChars).sum();
    while (batch.size() < LARGEST_BATCH && chars < LARGEST_BATCH_CHARS) {
      PendingWrite<?> next = queue.poll();
      if (next == null) {
        return;
      }
      if (next != WAKE_UP) {
        batch.add(next);
        chars += next.payloadChars();
      }
    }
  }

  /** Also after a death: an open transaction would keep every other process from writing. */
  private void closeBatches() {
    writing.lock();
    try {
      batches.close();
    } catch (SQLException e) {
      if (death == null) {
        death = e;
      }
    } finally {
      writing.unlock();
    }
  }

  /** Waits for work; false when there is none and will be none. */
  private boolean takeInto(List<PendingWrite<?>> batch) throws InterruptedException {
    while (batch.isEmpty()) {
      PendingWrite<?> first = next();
      if (first != null) {
        batch.add(first);
      } else if (isToEnd()) {
        return false;
      }
    }
    return true;
  }

  private @Nullable PendingWrite<?> next() throws InterruptedException {
    PendingWrite<?> first = queue.poll();
    long lookOutNanos = first == null ? lookOutNanos() : 0;
    if (lookOutNanos > 0) {
      first = queue.poll(lookOutNanos, TimeUnit.NANOSECONDS);
    }
    if (first == null) {
      idle();
      first = isToEnd() ? queue.poll() : queue.poll(LONGEST_SLEEP_MILLIS, TimeUnit.MILLISECONDS);
    }
    return first == WAKE_UP ? null : first;
  }

  private boolean isToEnd() {
    return closing || death != null;
  }

  private long lookOutNanos() {
    writing.lock();
    try {
      return batches.lookOutNanos();
    } finally {
      writing.unlock();
    }
  }

  private void idle() {
    writing.lock();
    try {
      batches.idle();
    } finally {
      writing.unlock();
    }
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

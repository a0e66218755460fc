package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: callers hand in their work, one thread puts all that waits into one transaction and
 * wakes them when it is committed. The queue is bounded; when it is full, callers wait, nothing is
 * dropped.
 */
final class WriteQueue implements AutoCloseable {

  private static final int CAPACITY = 4096;
  private static final int LARGEST_BATCH = 512;

  private final Path file;
  private final WriteConnection connection;
  private final BlockingQueue<PendingWrite<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread writer;
  private volatile boolean closing;
  private volatile @Nullable Throwable death;

  WriteQueue(Path file, WriteConnection connection) {
    this.file = file;
    this.connection = connection;
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
    if (!writer.isAlive()) {
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

  private boolean offer(PendingWrite<?> write) {
    if (closing || !writer.isAlive()) {
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
        commit(batch);
        batch.clear();
      }
      connection.close();
    } catch (Throwable t) {
      death = t;
      batch.forEach(write -> write.failWith(closed()));
    }
  }

  /** Waits for work; false when the queue is closed and empty. */
  private boolean takeInto(List<PendingWrite<?>> batch) throws InterruptedException {
    while (batch.isEmpty()) {
      PendingWrite<?> first = queue.poll(20, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, LARGEST_BATCH - 1);
      } else if (closing) {
        return false;
      }
    }
    return true;
  }

  private void commit(List<PendingWrite<?>> batch) {
    try {
      connection.begin();
      for (PendingWrite<?> write : batch) {
        write.perform(connection);
      }
      connection.commit();
    } catch (SQLException e) {
      rollBack(e);
      DatabaseException failure =
          SqliteErrors.translate(
              "write " + batch.size() + " waiting change(s)", file, causeOf(e, batch));
      batch.forEach(write -> write.failWith(failure));
      return;
    }
    batch.forEach(PendingWrite::acknowledge);
  }

  /**
   * A full disk ends the whole transaction at one statement; what fails afterwards is only its
   * consequence.
   */
  private static Throwable causeOf(SQLException e, List<PendingWrite<?>> batch) {
    return batch.stream()
        .map(PendingWrite::refusal)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(e);
  }

  private void rollBack(SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite has already rolled back, as it does when the disk is full.
      cause.addSuppressed(e);
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
            "write: the database is closed in this process; nothing was written (" + file + ")")
        : new DatabaseException(
            Kind.FAILED,
            "write: the writer thread has died; nothing was written; restart this process ("
                + file
                + ")",
            cause);
  }
}

package dev.runlog.events.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue at two locks on a file. Who holds the first is the head of the queue and waits for the
 * second, which is the turn itself. So who has just passed the turn on cannot snatch it back before
 * the process that waits for it wakes up. The operating system drops the locks of a process that
 * dies. Used by one thread at a time.
 */
final class TurnFile implements AutoCloseable {

  private static final long HEAD = 1;
  private static final long TURN = 0;

  /**
   * Locks on files are held by a JVM as a whole, so those inside it queue here. One entry a
   * database for the life of the JVM.
   */
  private static final Map<Path, Semaphore> THIS_JVM = new ConcurrentHashMap<>();

  private final Path path;
  private final Semaphore thisJvm;
  private final ScheduledThreadPoolExecutor watch;
  private @Nullable FileChannel channel;

  TurnFile(Path path) {
    this.path = path;
    this.thisJvm = THIS_JVM.computeIfAbsent(path, unused -> new Semaphore(1, true));
    this.watch = new ScheduledThreadPoolExecutor(1, TurnFile::watchThread);
    watch.setRemoveOnCancelPolicy(true);
  }

  /** The turn, until it is released. */
  interface Held {
    void release();
  }

  /**
   * Queues for the turn.
   *
   * @throws AsynchronousCloseException when it does not come before the deadline
   * @throws IOException when the file cannot be locked at all
   * @throws OverlappingFileLockException when something else in this JVM has locked it
   */
  Held awaitTurn(LockDeadline deadline) throws IOException {
    awaitThisJvm(deadline);
    try {
      return held(awaitLocks(opened(), deadline));
    } catch (IOException | RuntimeException e) {
      giveUp();
      throw e;
    }
  }

  /**
   * The turn if nobody has it or queues for it, else null. An interrupt, which would close the file
   * under a thread that waits for a lock, does no harm here.
   *
   * @throws IOException when the file cannot be locked at all
   * @throws OverlappingFileLockException when something else in this JVM has locked it
   */
  @Nullable Held turnAtOnce() throws IOException {
    if (thisJvm.hasQueuedThreads() || !thisJvm.tryAcquire()) {
      return null;
    }
    try {
      FileLock turn = lockAtOnce(opened());
      if (turn == null) {
        thisJvm.release();
        return null;
      }
      return held(turn);
    } catch (IOException | RuntimeException e) {
      giveUp();
      throw e;
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    closeChannel();
  }

  private void awaitThisJvm(LockDeadline deadline) throws AsynchronousCloseException {
    try {
      if (!thisJvm.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS)) {
        throw new AsynchronousCloseException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AsynchronousCloseException();
    }
  }

  private static @Nullable FileLock lockAtOnce(FileChannel file) throws IOException {
    FileLock head = file.tryLock(HEAD, 1, false);
    if (head == null) {
      return null;
    }
    FileLock turn = file.tryLock(TURN, 1, false);
    head.release();
    return turn;
  }

  private FileLock awaitLocks(FileChannel file, LockDeadline deadline) throws IOException {
    FileLock head = file.tryLock(HEAD, 1, false);
    FileLock turn = head == null ? null : file.tryLock(TURN, 1, false);
    if (turn == null) {
      turn = queue(file, head, deadline);
    } else if (head != null) {
      head.release();
    }
    return turn;
  }

  /**
   * Waits for what is still missing.
   *
   * @param first the lock of the head of the queue, null when another one has it
   */
  private FileLock queue(FileChannel file, @Nullable FileLock first, LockDeadline deadline)
      throws IOException {
    Future<?> end = watch.schedule(this::closeChannel, deadline.leftNanos(), TimeUnit.NANOSECONDS);
    try {
      FileLock head = first == null ? file.lock(HEAD, 1, false) : first;
      FileLock turn = file.lock(TURN, 1, false);
      head.release();
      return turn;
    } finally {
      end.cancel(false);
    }
  }

  /** Ends with the file what was locked before something failed: the head of the queue too. */
  private void giveUp() {
    try {
      closeChannel();
    } finally {
      thisJvm.release();
    }
  }

  private Held held(FileLock turn) {
    return () -> release(turn);
  }

  private void release(FileLock turn) {
    try {
      turn.release();
    } catch (IOException e) {
      closeChannel(); // Which ends the lock as well.
    } finally {
      thisJvm.release();
    }
  }

  private synchronized FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      Path directory = path.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel = open;
    }
    return open;
  }

  /** The only way to end a wait for a lock: whoever waits on the channel gets an exception. */
  private synchronized void closeChannel() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("close " + path, e);
    }
  }

  private static Thread watchThread(Runnable task) {
    Thread thread = new Thread(task, "runlog-turn-watch");
    thread.setDaemon(true);
    return thread;
  }
}

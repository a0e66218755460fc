package dev.runlog.process.lifecycle;

import dev.runlog.events.db.LockFiles;
import dev.runlog.process.settings.InstanceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps an instance single: at most one process holds the lock of a name, on a file of its own
 * beside the database. The kernel releases it when the process dies, however it dies. The file
 * stays and holds the holder's pid for people. Close it to release it.
 */
public final class InstanceLock implements AutoCloseable {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final int LONGEST_PID = 20;

  /**
   * What this JVM holds. The kernel's locks are held by a process as a whole, and closing any
   * descriptor of the file drops them, so a file that is held here must not even be opened again.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private InstanceLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of an instance.
   *
   * @param localPath the path beside which this machine keeps what belongs to the database that the
   *     instance writes to
   * @param longestWait how long to wait for a predecessor to end; zero for a single try
   * @throws InstanceRunningException when another process holds it all the time; the message says
   *     which
   * @throws UncheckedIOException when the lock file cannot be made
   * @throws InterruptedException when interrupted while waiting; the lock is not held
   */
  public static InstanceLock acquire(Path localPath, String instanceId, Duration longestWait)
      throws InterruptedException {
    Path file = fileOf(localPath, InstanceName.require(instanceId));
    long start = System.nanoTime();
    while (true) {
      Optional<InstanceLock> lock = tryAcquire(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - start >= longestWait.toNanos()) {
        throw new InstanceRunningException(instanceId, holderOf(file), longestWait, file);
      }
      Thread.sleep(BETWEEN_TRIES.toMillis());
    }
  }

  /** The lock file. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("release lock " + file, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }

  private static Path fileOf(Path localPath, String instanceId) {
    Path directory = LockFiles.directoryOf(localPath.toAbsolutePath().normalize());
    try {
      // The real path, so that two ways to the same file are seen to be the same.
      return Files.createDirectories(directory).toRealPath().resolve(instanceId + ".lock");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "lock " + instanceId + ": the directory " + directory + " cannot be made", e);
    }
  }

  private static Optional<InstanceLock> tryAcquire(Path file) {
    if (!HELD_HERE.add(file)) {
      return Optional.empty();
    }
    Optional<InstanceLock> lock = Optional.empty();
    try {
      lock = lockByKernel(file);
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException("lock " + file + ": " + e.getMessage(), e);
    } finally {
      if (lock.isEmpty()) {
        HELD_HERE.remove(file);
      }
    }
  }

  private static Optional<InstanceLock> lockByKernel(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      held = channel.tryLock() != null;
      if (held) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)), 0);
      }
      return held ? Optional.of(new InstanceLock(file, channel)) : Optional.empty();
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  /** The pid in the file; empty when it cannot be told, as while the holder writes it. */
  private static Optional<String> holderOf(Path file) {
    if (!HELD_HERE.add(file)) {
      return Optional.of(ownPid());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
      channel.read(text);
      String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
      return pid.matches("[0-9]+") ? Optional.of(pid) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      HELD_HERE.remove(file);
    }
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }
}

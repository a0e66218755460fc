package dev.runlog.process.artifact;

import dev.runlog.events.files.DirectoryTree;
import dev.runlog.process.lifecycle.InstanceLock;
import dev.runlog.process.lifecycle.InstanceRunningException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the jar of each revision in {@code <database>.revisions/<sha>/worker.jar}. A jar is there
 * as a whole or not at all, also after a power loss: it is written and synced under another name,
 * then renamed. Thread-safe, also among processes.
 */
public final class Artifacts {

  private static final String JAR = "worker.jar";
  private static final String LOCK = "revisions@jars";
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path localPath;
  private final Path directory;

  /**
   * @param localPath the path beside which this machine keeps what belongs to the database
   */
  public Artifacts(Path localPath) {
    this.localPath = localPath;
    this.directory = localPath.resolveSibling(localPath.getFileName() + ".revisions");
  }

  /**
   * Does something while nobody else adds or removes jars: between the moment at which a jar is
   * there and the one at which it is registered nobody can know that it is needed.
   *
   * @param longestWait how long to wait for others; zero for a single try
   * @return what the action returns
   * @throws ArtifactException when another process is at the jars all the time, or the lock cannot
   *     be had; the action was not begun
   * @throws InterruptedException when interrupted while waiting; the action was not begun
   */
  public <T> T alone(Duration longestWait, Supplier<T> action) throws InterruptedException {
    InstanceLock lock = lock(longestWait);
    try {
      return action.get();
    } finally {
      lock.close();
    }
  }

  private InstanceLock lock(Duration longestWait) throws InterruptedException {
    try {
      return InstanceLock.acquire(localPath, LOCK, longestWait);
    } catch (InstanceRunningException e) {
      throw new ArtifactException(
          "lock the jars in " + directory + ": another process adds or removes some just now", e);
    } catch (UncheckedIOException e) {
      throw new ArtifactException("lock the jars in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Where the jar of a revision is, or would be. */
  public Path fileOf(String revision) {
    return directory.resolve(revision).resolve(JAR);
  }

  /**
   * Keeps a copy of a jar, in the place of one that is there.
   *
   * @param revision SHA that names the build
   * @param sha256 the hash that the copy must have, in hexadecimal
   * @throws ArtifactException when it cannot be read or written, or changes meanwhile
   */
  public void keep(String revision, Path jar, String sha256) {
    Path target = fileOf(revision);
    Path home = directory.resolve(revision);
    try {
      Files.createDirectories(home);
      Path incoming = Files.createTempFile(home, "incoming-", ".jar");
      try {
        Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
        sync(incoming);
        requireHash(incoming, sha256, "copy " + jar);
        Files.move(
            incoming, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(incoming);
      }
      sync(home);
      sync(directory);
    } catch (IOException e) {
      throw new ArtifactException("keep " + jar + " as " + target + ": " + e, e);
    }
  }

  /** Why the jar of a revision cannot be used, empty when it can. */
  public Optional<String> problemOf(String revision, String sha256) {
    Path jar = fileOf(revision);
    try {
      requireHash(jar, sha256, "revision " + revision);
      return Optional.empty();
    } catch (ArtifactException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Removes the jar of a revision, and what was made of it; does nothing when there is none.
   *
   * @throws ArtifactException when it cannot be removed, or somebody writes there meanwhile
   */
  public void remove(String revision) {
    Path home = directory.resolve(revision);
    if (!Files.isDirectory(home)) {
      return;
    }
    try {
      DirectoryTree.delete(home);
    } catch (IOException e) {
      throw new ArtifactException("remove " + home + ": " + e, e);
    }
  }

  /**
   * The SHA-256 of a file, in hexadecimal.
   *
   * @throws ArtifactException when it cannot be read
   */
  public static String hashOf(Path file) {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      while (in.read(chunk) >= 0) {}
    } catch (NoSuchFileException e) {
      throw new ArtifactException(file + " is missing", e);
    } catch (IOException e) {
      throw new ArtifactException(file + " cannot be read: " + e, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void requireHash(Path file, String wanted, String what) {
    String found = hashOf(file);
    if (!found.equals(wanted)) {
      throw new ArtifactException(
          what
              + ": "
              + file
              + " has sha256 "
              + found
              + ", not "
              + wanted
              + " as registered; put the right file back with 'runlog revision add'");
    }
  }

  /** A rename survives a power loss only when its directory is synced too. */
  private static void sync(Path path) throws IOException {
    StandardOpenOption mode =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package dev.runlog.supervisor.revision;

import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.artifact.Artifacts;
import dev.runlog.process.artifact.BuildManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The worker that came with the supervisor, as it was when the supervisor started. Where people
 * build, the next build is written over it, and a revision that is that very file would be compared
 * with itself and taken back to itself. So a copy is kept, and used once the file is another one or
 * gone; also by the next supervisor, when it finds none. Belongs to the supervisor's thread; only
 * the copy is made on another.
 */
public final class BaseJar {

  /** What tells one content of a file from another without reading it. */
  private record Stamp(long bytes, FileTime modified, @Nullable Object key) {}

  private final Path original;
  private final Artifacts artifacts;
  private final String copy;
  private final PrintStream err;
  private final Optional<Stamp> stamp;
  private final Optional<String> revision;
  private @Nullable CompletableFuture<Optional<String>> keeping;

  /**
   * Looks at the file, and copies nothing yet. Where there is none, a copy that a supervisor of the
   * same name kept before takes its place, which {@code err} is told.
   *
   * @param supervisorInstanceId each supervisor keeps a copy of its own
   * @param err where it says that it cannot be kept, or is missing
   */
  public BaseJar(Path original, Artifacts artifacts, String supervisorInstanceId, PrintStream err) {
    this.original = original;
    this.artifacts = artifacts;
    this.copy = "base-" + supervisorInstanceId;
    this.err = err;
    this.stamp = stamp();
    this.keeping = stamp.isPresent() ? null : keptBefore();
    this.revision = Files.isRegularFile(file()) ? revisionOf(file()) : Optional.empty();
  }

  /** Nobody wrote its hash down; but a jar is kept as a whole or not at all. */
  private CompletableFuture<Optional<String>> keptBefore() {
    Path kept = artifacts.fileOf(copy);
    try {
      String hash = Artifacts.hashOf(kept);
      err.println(
          "runlog: " + missing() + "; the copy of it in " + kept + " runs where no revision does");
      return CompletableFuture.completedFuture(Optional.of(hash));
    } catch (ArtifactException e) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  private String missing() {
    return original + ", the worker that came with the supervisor, is missing";
  }

  /** The SHA that it was built from, as the manifest said at the start; empty when it did not. */
  Optional<String> revision() {
    return revision;
  }

  /** The file to run: where it was, as long as it is the same or no copy is kept. */
  Path file() {
    return isThere() || keptHash().isEmpty() ? original : artifacts.fileOf(copy);
  }

  /** Why it cannot be run, empty when it can. */
  Optional<String> problem() {
    Optional<String> hash = keptHash();
    if (!isThere() && hash.isPresent()) {
      return artifacts.problemOf(copy, hash.get());
    }
    return Files.isRegularFile(original) ? Optional.empty() : Optional.of(missing());
  }

  /** Begins to keep a copy, unless that was done before; does not wait for it. */
  void keep() {
    if (keeping == null) {
      keeping = CompletableFuture.supplyAsync(this::copied, BaseJar::runInBackground);
    }
  }

  /** The hash of the copy once it is made; empty when there is none. */
  CompletableFuture<Optional<String>> kept() {
    CompletableFuture<Optional<String>> begun = keeping;
    return begun == null ? CompletableFuture.completedFuture(Optional.empty()) : begun;
  }

  private static void runInBackground(Runnable task) {
    Thread thread = new Thread(task, "runlog-keep-base");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the hash of the copy, empty when there is none. */
  private Optional<String> copied() {
    try {
      String hash = Artifacts.hashOf(original);
      if (artifacts.problemOf(copy, hash).isPresent()) {
        artifacts.keep(copy, original, hash);
      }
      return isThere() ? Optional.of(hash) : Optional.empty();
    } catch (ArtifactException e) {
      err.println(
          "runlog: "
              + e.getMessage()
              + "; workers run, but build no new worker over "
              + original
              + ": it could not be taken back");
      return Optional.empty();
    }
  }

  private Optional<String> keptHash() {
    return kept().getNow(Optional.empty());
  }

  /** Whether the file is still the one that was there at the start. */
  private boolean isThere() {
    return stamp.isPresent() && stamp.equals(stamp());
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(original, BasicFileAttributes.class);
      return now.isRegularFile()
          ? Optional.of(new Stamp(now.size(), now.lastModifiedTime(), now.fileKey()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A worker of the user's own need be no jar of our making. */
  private static Optional<String> revisionOf(Path jar) {
    try {
      return BuildManifest.revisionOf(jar);
    } catch (ArtifactException e) {
      return Optional.empty();
    }
  }
}

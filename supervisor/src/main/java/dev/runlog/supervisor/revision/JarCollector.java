package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.artifact.Artifacts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes the jars that nobody needs any more. One that cannot be removed only takes room: that is
 * told once, and tried again the next time. Belongs to the supervisor's thread.
 */
final class JarCollector {

  private final Artifacts artifacts;
  private final RevisionQuery query;
  private final PrintStream err;
  private final Set<String> told = new HashSet<>();

  /**
   * @param err where it says what stays
   */
  JarCollector(Artifacts artifacts, RevisionQuery query, PrintStream err) {
    this.artifacts = artifacts;
    this.query = query;
    this.err = err;
  }

  /** Returns how many were removed. */
  long collect() {
    try {
      return artifacts.alone(
          Duration.ZERO, () -> Garbage.among(query.all()).stream().filter(this::remove).count());
    } catch (ArtifactException e) {
      tell("lock", e.getMessage() + "; jars that nobody needs stay until the next build has ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private boolean remove(String revision) {
    try {
      artifacts.remove(revision);
      return true;
    } catch (ArtifactException e) {
      tell(revision, e.getMessage() + "; it is not needed any more, remove it by hand");
      return false;
    }
  }

  private void tell(String about, String what) {
    if (told.add(about)) {
      err.println("runlog: " + what);
    }
  }
}

package dev.runlog.supervisor.revision;

import dev.runlog.events.revisions.RevisionQuery;
import dev.runlog.process.artifact.ArtifactException;
import dev.runlog.process.artifact.Artifacts;
import java.io.PrintStream;
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

  void collect() {
    Garbage.among(query.all()).forEach(this::remove);
  }

  private void remove(String revision) {
    try {
      artifacts.remove(revision);
    } catch (ArtifactException e) {
      if (told.add(revision)) {
        err.println("runlog: " + e.getMessage() + "; it is not needed any more, remove it by hand");
      }
    }
  }
}

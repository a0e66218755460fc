package dev.runlog.supervisor;

import dev.runlog.process.artifact.BuildManifest;
import dev.runlog.process.child.WorkerOption;
import dev.runlog.process.warm.WarmStart;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Has what makes workers start quickly made, once a build, while the first ones already run. A
 * supervisor that cannot do so says why and runs its workers all the same.
 */
final class WorkerWarmUp {

  private final Path workerJar;
  private final WarmStart warmStart;

  private WorkerWarmUp(Path workerJar, WarmStart warmStart) {
    this.workerJar = workerJar;
    this.warmStart = warmStart;
  }

  static WorkerWarmUp of(Path workerJar, Map<String, String> env) {
    return new WorkerWarmUp(workerJar, WarmStart.of(workerJar, env));
  }

  /**
   * What the JVMs of the workers are to be given.
   *
   * @param others what else they are given
   */
  List<String> jvmArgs(List<String> others) {
    try {
      warmStart.unpackLibrary();
    } catch (UncheckedIOException e) {
      tell(e);
    }
    if (isArchiveWanted()) {
      Thread making = new Thread(() -> make(others), "runlog-warm-up");
      making.setDaemon(true);
      making.start();
    }
    return warmStart.jvmArgs();
  }

  /** Whether there is none yet of a worker that can rehearse. */
  boolean isArchiveWanted() {
    return warmStart.archive().filter(Files::notExists).isPresent()
        && BuildManifest.takes(workerJar, WorkerOption.REHEARSE);
  }

  private void make(List<String> jvmArgs) {
    try {
      warmStart.makeArchive(jvmArgs, WorkerOption.REHEARSE);
    } catch (UncheckedIOException e) {
      tell(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(UncheckedIOException e) {
    System.err.println(
        "runlog: "
            + e.getMessage()
            + ": "
            + e.getCause()
            + "; workers start without it, more slowly");
  }
}

package dev.runlog.process.child;

/**
 * What a supervisor may write behind {@code worker.jar}, each alone, when the manifest of that jar
 * says that it takes it; see {@link dev.runlog.process.artifact.BuildManifest#WORKER_OPTIONS}.
 */
public final class WorkerOption {

  /** Does once all that a worker does, on a database of its own, and ends. */
  public static final String REHEARSE = "--rehearse";

  /** Gets ready and waits on standard input for its role, see {@link SpareRole}. */
  public static final String SPARE = "--spare";

  private WorkerOption() {}
}

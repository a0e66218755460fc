package dev.runlog.process.child;

import java.util.List;

/** SIGKILL of a process and of all below it. */
final class KilledTree {

  private KilledTree() {}

  /** Does nothing once the process has ended: what it left belongs to nobody then. */
  static void kill(Process process) {
    // Looked up before: what has lost its parent is nobody's descendant any more.
    List<ProcessHandle> below = process.descendants().toList();
    process.toHandle().destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}

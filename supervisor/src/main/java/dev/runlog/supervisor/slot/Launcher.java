package dev.runlog.supervisor.slot;

/** Says, before each start, what a slot starts. */
@FunctionalInterface
public interface Launcher {

  /**
   * What the slot is to start now.
   *
   * @throws dev.runlog.process.artifact.ArtifactException when its build is missing or broken
   */
  Launch launchOf(SlotSpec spec);
}

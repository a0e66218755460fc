package dev.runlog.supervisor.slot;

import dev.runlog.events.log.RunId;
import dev.runlog.process.ExitCode;
import dev.runlog.process.child.ChildExit;
import dev.runlog.supervisor.restart.CrashLoop;
import java.time.Duration;
import java.util.Optional;

/**
 * How a child ended, as the operating system and its own last event tell it.
 *
 * @param instanceId its long-lived name
 * @param pid its process id, 0 when it could not be started
 * @param run its run, empty when it ended before it logged {@code process.started}
 * @param saidGoodbye whether it logged {@code process.stopped} itself
 * @param exit what the operating system said
 */
record EndOfChild(
    String instanceId, long pid, Optional<RunId> run, boolean saidGoodbye, ChildExit exit) {

  /** Stands for the exit code of a process whose end nobody saw. */
  static final int UNKNOWN_EXIT_CODE = -1;

  static EndOfChild ofFailedStart(String instanceId, ChildExit exit) {
    return new EndOfChild(instanceId, 0, Optional.empty(), false, exit);
  }

  /**
   * Whether it ended by its own decision or after a signal that it answered, and not because
   * something is wrong.
   */
  boolean isPlanned() {
    return saidGoodbye && permanentFault().isEmpty();
  }

  /** Why starting it again cannot help, empty when it may. */
  Optional<CrashLoop.Verdict> permanentFault() {
    return switch (exit.exitCode()) {
      case ExitCode.USAGE, ExitCode.MISCONFIGURED ->
          Optional.of(
              new CrashLoop.Verdict(
                  1,
                  Duration.ZERO,
                  "it exits with "
                      + exit.exitCode()
                      + ", which says that starting it again does not help"));
      default -> Optional.empty();
    };
  }
}

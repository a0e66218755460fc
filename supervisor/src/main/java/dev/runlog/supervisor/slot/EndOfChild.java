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
 * @param testimony what it said itself
 * @param run its run, empty when it ended before it logged {@code process.started}, or never does
 * @param exit what the operating system said
 * @param killedFor why the supervisor ended it, empty when it did not
 */
record EndOfChild(
    String instanceId,
    long pid,
    Testimony testimony,
    Optional<RunId> run,
    ChildExit exit,
    Optional<String> killedFor) {

  /** What a child says of its own end. */
  enum Testimony {
    /** It logged {@code process.stopped}. */
    GOODBYE,
    /** It is a run, but did not log that it stopped. */
    NONE,
    /** It is no run, so that only its exit code speaks. */
    EXIT_CODE_ONLY
  }

  /** Stands for the exit code of a process whose end nobody saw. */
  static final int UNKNOWN_EXIT_CODE = -1;

  static EndOfChild ofFailedStart(String instanceId, ChildExit exit) {
    return new EndOfChild(instanceId, 0, Testimony.NONE, Optional.empty(), exit, Optional.empty());
  }

  /**
   * Whether it ended by its own decision or after a signal that it answered, and not because
   * something is wrong.
   */
  boolean isPlanned() {
    return killedFor.isEmpty()
        && switch (testimony) {
          case GOODBYE -> isGoodCode(exit.exitCode());
          case NONE -> false;
          case EXIT_CODE_ONLY -> exit.exitCode() == ExitCode.OK;
        };
  }

  /** Whether it asked for a fresh process in its place. */
  boolean isRecycle() {
    return killedFor.isEmpty() && exit.exitCode() == ExitCode.TRY_AGAIN;
  }

  /**
   * Whether it never came to run because a service was not to be had, such as a database that takes
   * no more connections.
   */
  boolean isTurnedAway() {
    return killedFor.isEmpty() && isFailedStart() && exit.exitCode() == ExitCode.UNAVAILABLE;
  }

  /** Whether it should have become a run and did not. */
  boolean isFailedStart() {
    return testimony == Testimony.NONE && run.isEmpty();
  }

  /** What kind of crash it was, empty when nothing is known beyond the exit code. */
  Optional<String> crashReason() {
    return killedFor.map(why -> why + "; it was killed").or(() -> CrashReason.of(exit));
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

  private static boolean isGoodCode(int exitCode) {
    return switch (exitCode) {
      case ExitCode.OK, ExitCode.SIGHUP, ExitCode.SIGINT, ExitCode.SIGTERM -> true;
      default -> false;
    };
  }
}

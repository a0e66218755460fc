package dev.runlog.supervisor.revision;

import dev.runlog.process.ExitCode;
import dev.runlog.process.artifact.SelfCheckWords;
import dev.runlog.process.child.ChildCommand;
import dev.runlog.process.child.ChildExit;
import dev.runlog.process.child.ChildProcess;
import dev.runlog.process.child.ChildStartException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One self-check of a build: a child process that must say that it passed, and then end when it is
 * asked to. One that is turned away, as by a database that restarts, is started again. Belongs to
 * the supervisor's thread.
 */
final class SelfCheckRun {

  static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final ChildCommand command;
  private final long firstStartNanos = System.nanoTime();
  private long startNanos = firstStartNanos;
  private ChildProcess child;
  private CompletableFuture<ChildExit> exit;
  private @Nullable Long terminatedNanos;

  private SelfCheckRun(ChildCommand command, ChildProcess child) {
    this.command = command;
    this.child = child;
    this.exit = child.onExit();
  }

  /**
   * Starts it.
   *
   * @throws ChildStartException when the program cannot be started
   */
  static SelfCheckRun start(ChildCommand command) {
    return new SelfCheckRun(command, ChildProcess.spawn(command));
  }

  /** Why a build is rejected whose check cannot be started. */
  static String reasonOf(ChildStartException e) {
    return "self-check: " + e.getMessage() + "; put that right and register it again";
  }

  /** Looks how far it is, and asks it to end when it is time to. */
  Check look() {
    Optional<ChildExit> ended = Optional.ofNullable(exit.getNow(null));
    if (ended.isPresent()) {
      return isTurnedAway(ended.get()) ? afterTurnAway(ended.get()) : verdict(ended.get());
    }
    if (terminatedNanos == null && hasPassed(child.outputTail())) {
      terminatedNanos = System.nanoTime();
      child.terminate();
    }
    return timeOut().<Check>map(Check.Failed::new).orElseGet(Check.Running::new);
  }

  /** Ends it at once; does nothing when it has ended. */
  void kill() {
    child.kill();
  }

  private Optional<String> timeOut() {
    Long askedToEnd = terminatedNanos;
    if (askedToEnd != null && since(askedToEnd).compareTo(LONGEST_END) >= 0) {
      return Optional.of(
          "self-check: still running " + LONGEST_END.toSeconds() + " s after SIGTERM");
    }
    return since(startNanos).compareTo(LONGEST) >= 0
        ? Optional.of(
            "self-check: not over after " + LONGEST.toSeconds() + " s" + said(child.outputTail()))
        : Optional.empty();
  }

  /** Whether it could not have what it needs, which says nothing of the build. */
  private static boolean isTurnedAway(ChildExit ended) {
    return ended.exitCode() == ExitCode.UNAVAILABLE || ended.exitCode() == ExitCode.TRY_AGAIN;
  }

  private Check afterTurnAway(ChildExit ended) {
    long endNanos = startNanos + ended.uptime().toNanos();
    Duration tried = Duration.ofNanos(endNanos - firstStartNanos);
    return switch (TurnAwayVerdict.of(tried, since(endNanos))) {
      case WAIT -> new Check.Running();
      case START_AGAIN -> startAgain();
      case REJECT ->
          new Check.Failed(
              "self-check: turned away for "
                  + LONGEST.toSeconds()
                  + " s, at last with exit code "
                  + ended.exitCode()
                  + said(ended.lastOutput())
                  + "; register it again once that is put right");
    };
  }

  private Check startAgain() {
    startNanos = System.nanoTime();
    terminatedNanos = null;
    try {
      child = ChildProcess.spawn(command);
      exit = child.onExit();
      return new Check.Running();
    } catch (ChildStartException e) {
      return new Check.Failed(reasonOf(e));
    }
  }

  private Check verdict(ChildExit ended) {
    boolean isGoodEnd = ended.exitCode() == ExitCode.OK || ended.exitCode() == ExitCode.SIGTERM;
    return terminatedNanos != null && isGoodEnd
        ? new Check.Passed(ended.uptime())
        : new Check.Failed("self-check: exit code " + ended.exitCode() + said(ended.lastOutput()));
  }

  private static boolean hasPassed(String output) {
    return output.lines().anyMatch(SelfCheckWords.PASSED::equals);
  }

  private static String said(String output) {
    String last = output.strip().lines().reduce("", (earlier, later) -> later);
    return last.isEmpty() ? ", without a word" : ": " + last;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}

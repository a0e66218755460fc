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
 * asked to. Belongs to the supervisor's thread.
 */
final class SelfCheckRun {

  static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final ChildProcess child;
  private final CompletableFuture<ChildExit> exit;
  private final long startNanos = System.nanoTime();
  private @Nullable Long terminatedNanos;

  private SelfCheckRun(ChildProcess child) {
    this.child = child;
    this.exit = child.onExit();
  }

  /**
   * Starts it.
   *
   * @throws ChildStartException when the program cannot be started
   */
  static SelfCheckRun start(ChildCommand command) {
    return new SelfCheckRun(ChildProcess.spawn(command));
  }

  /** Looks how far it is, and asks it to end when it is time to. */
  Check look() {
    Optional<ChildExit> ended = Optional.ofNullable(exit.getNow(null));
    if (ended.isPresent()) {
      return verdict(ended.get());
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

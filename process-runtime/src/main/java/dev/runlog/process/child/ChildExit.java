package dev.runlog.process.child;

import java.time.Duration;
import java.util.Optional;

/**
 * How a child process ended.
 *
 * @param exitCode exit code; 128 plus the signal number when a signal ended it
 * @param signal name of that signal, such as {@code SIGKILL}. A program can also return such a code
 *     by itself, as a JVM does after SIGTERM; the two cannot be told apart
 * @param uptime from its start to its end, on the monotonic clock
 * @param lastOutput the end of what it printed, at most 4 KiB
 */
public record ChildExit(int exitCode, Optional<String> signal, Duration uptime, String lastOutput) {

  /** The exit with the signal that the exit code names. */
  static ChildExit of(int exitCode, Duration uptime, String lastOutput) {
    return new ChildExit(exitCode, SignalNames.ofExitCode(exitCode), uptime, lastOutput);
  }
}

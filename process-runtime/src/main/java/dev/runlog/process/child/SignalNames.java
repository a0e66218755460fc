package dev.runlog.process.child;

import java.util.List;
import java.util.Optional;

/** The names of Linux's signals. */
public final class SignalNames {

  private static final int FIRST_EXIT_CODE = 128;

  /** By number, from 1; as in signal(7), x86 and ARM. */
  private static final List<String> NAMES =
      List.of(
          "SIGHUP",
          "SIGINT",
          "SIGQUIT",
          "SIGILL",
          "SIGTRAP",
          "SIGABRT",
          "SIGBUS",
          "SIGFPE",
          "SIGKILL",
          "SIGUSR1",
          "SIGSEGV",
          "SIGUSR2",
          "SIGPIPE",
          "SIGALRM",
          "SIGTERM",
          "SIGSTKFLT",
          "SIGCHLD",
          "SIGCONT",
          "SIGSTOP",
          "SIGTSTP",
          "SIGTTIN",
          "SIGTTOU",
          "SIGURG",
          "SIGXCPU",
          "SIGXFSZ",
          "SIGVTALRM",
          "SIGPROF",
          "SIGWINCH",
          "SIGIO",
          "SIGPWR",
          "SIGSYS");

  private SignalNames() {}

  /**
   * The signal that an exit code of 128 and more stands for, empty for any other code. A program
   * can also return such a code by itself; the two cannot be told apart.
   */
  public static Optional<String> ofExitCode(int exitCode) {
    int number = exitCode - FIRST_EXIT_CODE;
    return number >= 1 && number <= NAMES.size()
        ? Optional.of(NAMES.get(number - 1))
        : Optional.empty();
  }
}

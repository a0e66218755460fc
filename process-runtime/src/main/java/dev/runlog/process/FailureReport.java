package dev.runlog.process;

import dev.runlog.events.db.DatabaseException;
import dev.runlog.process.child.ChildStartException;
import dev.runlog.process.child.JarMissingException;
import dev.runlog.process.lifecycle.InstanceRunningException;
import dev.runlog.process.settings.SettingsException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * What a failure means for the process: its exit code and what people are told. The one place where
 * exceptions become exit codes.
 *
 * @param exitCode one of {@link ExitCode}
 * @param problems one line each
 * @param bug the exception whose stack trace is worth reading; empty when the lines say it all
 */
public record FailureReport(int exitCode, List<String> problems, Optional<Throwable> bug) {

  /** What a failure means. */
  public static FailureReport of(Throwable failure) {
    if (failure instanceof SettingsException settings) {
      return new FailureReport(ExitCode.USAGE, settings.problems(), Optional.empty());
    }
    if (failure instanceof DatabaseException database) {
      return clean(exitCodeOf(database.kind()), failure);
    }
    if (failure instanceof ProcessFailure process) {
      return clean(process.exitCode(), failure);
    }
    if (failure instanceof InstanceRunningException) {
      return clean(ExitCode.TRY_AGAIN, failure);
    }
    if (failure instanceof JarMissingException || failure instanceof ChildStartException) {
      return clean(ExitCode.MISCONFIGURED, failure);
    }
    return new FailureReport(ExitCode.BUG, List.of("bug: " + failure), Optional.of(failure));
  }

  /** Prints each problem on a line of its own, then the stack trace of a bug. */
  public void printTo(PrintStream err) {
    problems.forEach(problem -> err.println("runlog: " + onOneLine(problem)));
    bug.ifPresent(exception -> exception.printStackTrace(err));
  }

  /** All problems in one text, as an event tells it. */
  String summary() {
    return String.join("; ", problems);
  }

  private static FailureReport clean(int exitCode, Throwable failure) {
    return new FailureReport(
        exitCode, List.of(String.valueOf(failure.getMessage())), Optional.empty());
  }

  private static int exitCodeOf(DatabaseException.Kind kind) {
    return switch (kind) {
      case MISCONFIGURED -> ExitCode.MISCONFIGURED;
      case UNAVAILABLE -> ExitCode.UNAVAILABLE;
      case BUSY -> ExitCode.TRY_AGAIN;
      case FAILED -> ExitCode.BUG;
    };
  }

  private static String onOneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}

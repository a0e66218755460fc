package dev.runlog.process;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.payload.ProcessFailed;
import dev.runlog.events.payload.ProcessStopped;
import java.util.Optional;

/** How a run ended: the decision, apart from the deeds that follow from it. */
sealed interface Ending {

  /** The reason of a run that ended because its work was done. */
  String COMPLETED = "completed";

  /** Ended by its own decision or because it was asked to. */
  record Stopped(int exitCode, String reason) implements Ending {
    @Override
    public EventPayload event(long uptimeMillis) {
      return new ProcessStopped(exitCode, reason, uptimeMillis);
    }
  }

  /** Ended by an error. */
  record Failed(FailureReport report) implements Ending {
    @Override
    public int exitCode() {
      return report.exitCode();
    }

    @Override
    public EventPayload event(long uptimeMillis) {
      return new ProcessFailed(exitCode(), report.summary(), uptimeMillis);
    }
  }

  /** Ended because the program that it stood in for had failed, which told people itself. */
  record ProgramFailed(int exitCode, String error) implements Ending {
    @Override
    public EventPayload event(long uptimeMillis) {
      return new ProcessFailed(exitCode, error, uptimeMillis);
    }
  }

  int exitCode();

  /** The event that reports it. */
  EventPayload event(long uptimeMillis);

  /**
   * The main returned.
   *
   * @param returned what it returned; stands unless it is 0 and a signal asked for the end
   * @param asked why it was asked to end, empty when it was not
   */
  static Ending returned(int returned, Optional<String> asked, boolean graceExceeded) {
    if (asked.isEmpty()) {
      return new Stopped(returned, COMPLETED);
    }
    int exitCode =
        returned == ExitCode.OK ? ExitCode.afterRequest(asked.get(), ExitCode.OK) : returned;
    return new Stopped(exitCode, reason(asked.get(), graceExceeded));
  }

  /**
   * The main threw; after its thread was interrupted for its grace, whatever it threw is the end.
   */
  static Ending threw(Throwable failure, Optional<String> asked, boolean graceExceeded) {
    if (graceExceeded) {
      return forced(asked.orElse(COMPLETED));
    }
    return failure instanceof ProgramFailure program
        ? new ProgramFailed(program.exitCode(), String.valueOf(program.getMessage()))
        : new Failed(FailureReport.of(failure));
  }

  /** The main did not return in its grace. */
  static Ending forced(String asked) {
    return new Stopped(ExitCode.afterRequest(asked, ExitCode.TRY_AGAIN), reason(asked, true));
  }

  private static String reason(String asked, boolean graceExceeded) {
    return graceExceeded ? asked + ", grace exceeded" : asked;
  }
}

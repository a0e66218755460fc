package dev.runlog.process.child;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child process could not be started. The message says why and what to do. */
public final class ChildStartException extends RuntimeException {

  /**
   * How JDKs report what the operating system said: {@code error=2, No such file} as 17 does, or
   * {@code error: 2 (No such file)} as 25 does.
   */
  private static final Pattern OS_ERROR = Pattern.compile("error[=:] ?(\\d+),? \\(?([^)]*)");

  private ChildStartException(String message, IOException cause) {
    super(message, cause);
  }

  static ChildStartException of(String instanceId, List<String> command, IOException cause) {
    return new ChildStartException(
        "start " + instanceId + ": '" + command.get(0) + "' " + describe(cause), cause);
  }

  static ChildStartException noLogFile(ChildCommand command, IOException cause) {
    return new ChildStartException(
        "start "
            + command.instanceId()
            + ": its log file "
            + command.logFile()
            + " cannot be written: "
            + cause
            + "; it was not started; make the directory writable or name another one",
        cause);
  }

  private static String describe(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher matcher = OS_ERROR.matcher(message);
    if (!matcher.find()) {
      return "cannot be run: " + message;
    }
    return switch (Integer.parseInt(matcher.group(1))) {
      case 2 -> "was not found; name an existing program, by its path or one that PATH finds";
      case 8 -> "is no program that this system runs; does a script lack its #! line?";
      case 13 -> "may not be executed; make the file executable for this user";
      default -> "cannot be run: " + matcher.group(2);
    };
  }
}

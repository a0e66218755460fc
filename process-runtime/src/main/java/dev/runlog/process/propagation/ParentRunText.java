package dev.runlog.process.propagation;

import dev.runlog.events.log.RunId;
import java.util.regex.Pattern;

/** The value of PARENT_RUN_ID as text. */
final class ParentRunText {

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int LONGEST_QUOTE = 100;

  private ParentRunText() {}

  static ParentRun read(String value) {
    if (!DIGITS.matcher(value).matches()) {
      return unreadable(value, "not a whole number");
    }
    try {
      long id = Long.parseLong(value);
      return id > 0
          ? new ParentRun.Spawned(new RunId(id))
          : unreadable(value, "run ids are positive");
    } catch (NumberFormatException e) {
      return unreadable(value, "larger than any run id");
    }
  }

  private static ParentRun unreadable(String value, String reason) {
    String quote =
        value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "…";
    return new ParentRun.Unreadable(quote, reason);
  }
}

package dev.runlog.supervisor.slot;

import dev.runlog.process.child.ChildExit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names a crash that has a name, by what is seen from outside. */
final class CrashReason {

  /** What a JVM returns, and says, under {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private static final Pattern LAST_WORDS =
      Pattern.compile("Terminating due to java\\.lang\\.OutOfMemoryError(?:: ([^\\n]+))?");

  private CrashReason() {}

  static Optional<String> of(ChildExit exit) {
    Matcher words = LAST_WORDS.matcher(exit.lastOutput());
    if (exit.exitCode() != OUT_OF_MEMORY || !words.find()) {
      return Optional.empty();
    }
    String what = words.group(1);
    return Optional.of("out of memory" + (what == null ? "" : ": " + what.strip()));
  }
}

package dev.runlog.process.settings;

import java.util.regex.Pattern;

/**
 * What a long-lived name may look like. It becomes part of file names (logs and locks), so it must
 * not reach out of their directory.
 */
public final class InstanceName {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

  private InstanceName() {}

  /**
   * The name itself, if it may be used.
   *
   * @throws IllegalArgumentException when it may not; the message says why
   */
  public static String require(String name) {
    if (ALLOWED.matcher(name).matches()) {
      return name;
    }
    throw new IllegalArgumentException(
        "'"
            + name
            + "' is not an instance name; use up to 100 letters, digits and . _ @ - such as W00001");
  }
}

package dev.runlog.events.revisions;

import java.util.regex.Pattern;

/** The rule of names of revisions, which are also names of directories: a git SHA. */
public final class RevisionName {

  private static final Pattern SHA = Pattern.compile("[0-9a-f]{7,64}");

  private RevisionName() {}

  /**
   * Checks a name; returns it.
   *
   * @throws InvalidRevisionException when it is no SHA
   */
  public static String require(String revision) {
    if (!SHA.matcher(revision).matches()) {
      throw new InvalidRevisionException(
          "'"
              + revision
              + "' is no git SHA; a revision is named by 7 to 64 hexadecimal digits in lower case");
    }
    return revision;
  }
}

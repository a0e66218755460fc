package dev.runlog.events.revisions;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  /**
   * The one name that begins like this, a whole one before longer ones; empty when none does.
   *
   * @throws InvalidRevisionException when several do
   */
  public static Optional<String> find(Collection<String> names, String begin) {
    if (names.contains(begin)) {
      return Optional.of(begin);
    }
    List<String> found =
        names.stream().filter(name -> name.startsWith(begin)).distinct().sorted().toList();
    if (found.size() > 1) {
      throw new InvalidRevisionException(
          "'" + begin + "' fits " + String.join(" and ", found) + "; write more of it");
    }
    return found.stream().findFirst();
  }
}

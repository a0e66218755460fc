package dev.runlog.process.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guesses which name was meant by a mistyped one. */
final class NearestName {

  /** A name that needs more edits than this is another name, not a slip of the finger. */
  private static final int MOST_EDITS = 3;

  private NearestName() {}

  static String describeUnknown(String name, Collection<String> known) {
    return of(name, known)
        .map(nearest -> name + " is not a setting; did you mean " + nearest + "?")
        .orElseGet(() -> name + " is not a setting; the settings are " + inOrder(known));
  }

  /** The known name with the fewest edits, empty when none is near. */
  static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= MOST_EDITS)
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein distance: insertions, deletions and replacements that turn one into the other. */
  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      previous = nextRow(previous, from.charAt(i - 1), to, i);
    }
    return previous[to.length()];
  }

  private static int[] nextRow(int[] previous, char letter, String to, int row) {
    int[] next = new int[previous.length];
    next[0] = row;
    for (int j = 1; j < next.length; j++) {
      int replaced = previous[j - 1] + (to.charAt(j - 1) == letter ? 0 : 1);
      next[j] = Math.min(replaced, Math.min(previous[j], next[j - 1]) + 1);
    }
    return next;
  }

  private static String inOrder(Collection<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(KnownSettings.PREFIX))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}

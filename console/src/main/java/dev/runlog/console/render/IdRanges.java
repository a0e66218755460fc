package dev.runlog.console.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Ids as people write them: {@code 1–4, 7}. */
public final class IdRanges {

  private IdRanges() {}

  /** The ids in ascending order, neighbours drawn together. */
  public static String of(Collection<Long> ids) {
    List<String> ranges = new ArrayList<>();
    long first = 0;
    long last = 0;
    for (long id : new TreeSet<>(ids)) {
      if (last > 0 && id == last + 1) {
        last = id;
        continue;
      }
      if (last > 0) {
        ranges.add(range(first, last));
      }
      first = id;
      last = id;
    }
    if (last > 0) {
      ranges.add(range(first, last));
    }
    return String.join(", ", ranges);
  }

  private static String range(long first, long last) {
    return first == last ? Long.toString(first) : first + "–" + last;
  }
}

package dev.runlog.events.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Counts what is not as it should be and keeps the first few. Not thread-safe. */
final class Differences implements Consumer<String> {

  private static final int EXAMPLES = 10;

  private final List<String> examples = new ArrayList<>();
  private long count;

  @Override
  public void accept(String difference) {
    count++;
    if (examples.size() < EXAMPLES) {
      examples.add(difference);
    }
  }

  Finding finding(String check, String claim, long checked) {
    return new Finding(check, claim, checked, count, examples);
  }
}

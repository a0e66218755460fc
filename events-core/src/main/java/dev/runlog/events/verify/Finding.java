package dev.runlog.events.verify;

import java.util.List;

/**
 * What a check found.
 *
 * @param check its name, in underscores
 * @param claim what it makes sure of
 * @param checked how many things it looked at
 * @param differences how many of them are not as claimed
 * @param examples the first of them in words
 */
public record Finding(
    String check, String claim, long checked, long differences, List<String> examples) {

  public Finding {
    examples = List.copyOf(examples);
  }

  public boolean isOk() {
    return differences == 0;
  }
}

package dev.runlog.supervisor.fleet;

import dev.runlog.process.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a file, with the lines. Not thread-safe. */
final class Problems {

  private record Problem(int line, String text) {}

  private final Path path;
  private final List<Problem> problems = new ArrayList<>();

  Problems(Path path) {
    this.path = path;
  }

  /**
   * @param line counted from 1
   */
  void add(int line, String text) {
    problems.add(new Problem(line, text));
  }

  boolean areNone() {
    return problems.isEmpty();
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new SettingsException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(problem -> path + ":" + problem.line() + ": " + problem.text())
              .toList());
    }
  }
}

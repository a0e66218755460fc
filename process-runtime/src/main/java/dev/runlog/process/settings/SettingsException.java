package dev.runlog.process.settings;

import java.util.List;

/**
 * The settings cannot be used. Carries every problem, one line each, so that one look is enough.
 */
public final class SettingsException extends RuntimeException {

  private final List<String> problems;

  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public SettingsException(String problem) {
    this(List.of(problem));
  }

  /** What is wrong and what to do, one line each, never empty. */
  public List<String> problems() {
    return problems;
  }
}

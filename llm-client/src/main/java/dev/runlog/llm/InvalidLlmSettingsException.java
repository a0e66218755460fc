package dev.runlog.llm;

import java.util.List;

/** Settings that no call can be made with. */
public final class InvalidLlmSettingsException extends IllegalArgumentException {

  private final transient List<String> problems;

  InvalidLlmSettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one sentence each, without secrets. */
  public List<String> problems() {
    return problems;
  }
}

package dev.runlog.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values of the environment that must not reach the events table, told by their names. */
final class EnvironmentSecrets {

  private static final Pattern NAME =
      Pattern.compile(
          "(.*_)?(API_?KEY|ACCESS_KEY|PRIVATE_KEY|SECRET(_KEY)?|TOKEN|PASSWORD|PASSWD)",
          Pattern.CASE_INSENSITIVE);

  private EnvironmentSecrets() {}

  static List<String> of(Map<String, String> env) {
    return env.entrySet().stream()
        .filter(variable -> NAME.matcher(variable.getKey()).matches())
        .map(Map.Entry::getValue)
        .filter(value -> !value.isBlank())
        .toList();
  }
}

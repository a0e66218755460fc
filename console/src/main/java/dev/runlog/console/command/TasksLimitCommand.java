package dev.runlog.console.command;

import dev.runlog.process.settings.SettingParsers;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Limits how many tasks of a kind run at once. */
@Command(
    name = "limit",
    description = "Limit how many tasks of a kind run at once in the whole fleet.")
public final class TasksLimitCommand implements Callable<Integer> {

  private static final String NONE = "none";
  private static final int MOST = 1_000_000;

  private final RunlogCommand root;

  @Parameters(index = "0", paramLabel = "KIND", description = "Kind of tasks, such as chat.")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "N|none", description = "How many at once.")
  private String most = NONE;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public TasksLimitCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Optional<Integer> mostHeld = most.equals(NONE) ? Optional.empty() : Optional.of(number());
    return new KindChange(root)
        .apply(
            kind,
            (kinds, by) -> kinds.limit(by, kind, mostHeld),
            mostHeld.map(number -> "at most " + number).orElse("any number") + " of " + kind);
  }

  private int number() {
    try {
      return SettingParsers.integerBetween(1, MOST).apply(most);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "the limit: " + e.getMessage());
    }
  }
}

package dev.runlog.console.command;

import dev.runlog.events.control.Verb;
import dev.runlog.process.settings.SettingParsers;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes how many of a role run. */
@Command(name = "scale", description = "Have so many of a role run.")
public final class ScaleCommand implements Callable<Integer> {

  private static final int MOST = 256;

  private final RunlogCommand root;

  @Parameters(
      index = "0",
      paramLabel = "ROLE",
      description = "The role, such as worker, or the supervisor whose workers it is about.")
  private String target = "";

  @Parameters(index = "1", paramLabel = "N", description = "How many, 0 to 256.")
  private String count = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  public ScaleCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new ControlRequest(root).ask(Verb.SCALE, target, Optional.of(number()));
  }

  private int number() {
    try {
      return SettingParsers.integerBetween(0, MOST).apply(count);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "how many: " + e.getMessage());
    }
  }
}

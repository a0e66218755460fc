package dev.runlog.console.command;

import dev.runlog.events.control.Verb;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops an instance of a running fleet. */
@Command(name = "stop", description = "Have an instance end as planned and not be started again.")
public final class StopCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(
      index = "0",
      paramLabel = "INSTANCE",
      description = "A worker such as W00001, or a supervisor with all that it runs.")
  private String target = "";

  public StopCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new ControlRequest(root).ask(Verb.STOP, target, Optional.empty());
  }
}

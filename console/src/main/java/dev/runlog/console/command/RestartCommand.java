package dev.runlog.console.command;

import dev.runlog.events.control.Verb;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restarts an instance of a running fleet. */
@Command(
    name = "restart",
    description = "Have an instance end as planned and be started again; also one that gave up.")
public final class RestartCommand implements Callable<Integer> {

  private final RunlogCommand root;

  @Parameters(
      index = "0",
      paramLabel = "INSTANCE",
      description = "A child of a supervisor, such as W00001.")
  private String target = "";

  public RestartCommand(RunlogCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    return new ControlRequest(root).ask(Verb.RESTART, target, Optional.empty());
  }
}

package dev.runlog.console.command;

import dev.runlog.events.control.Command;
import dev.runlog.events.control.CommandQueue;
import dev.runlog.events.control.CommandState;
import dev.runlog.events.control.Verb;
import dev.runlog.events.json.Json;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessFailure;
import dev.runlog.process.RunContext;
import java.time.Duration;
import java.util.Optional;

/** Asks the supervisors for something, as a run of its own, and waits for the answer. */
final class ControlRequest {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final RunlogCommand root;

  ControlRequest(RunlogCommand root) {
    this.root = root;
  }

  /** Asks; returns the exit code. */
  int ask(Verb verb, String target, Optional<Integer> argument) {
    // A wrong path must leave no file.
    root.reading(database -> ExitCode.OK);
    return root.writing(context -> ask(context, verb, target, argument));
  }

  private int ask(RunContext context, Verb verb, String target, Optional<Integer> argument)
      throws InterruptedException {
    CommandQueue commands =
        new CommandQueue(context.database(), context.log(), root.terminal().clock());
    long id = commands.ask(context.emitter(), verb, target, argument);
    Command command = await(context, commands, id);
    if (command.state() == CommandState.ASKED
        && commands.refuse(context.emitter(), command, "nobody answered in time")) {
      throw new ProcessFailure(
          ExitCode.TRY_AGAIN,
          "no supervisor with "
              + target
              + " answered within "
              + LONGEST_WAIT.toSeconds()
              + " s; nothing was changed; see 'runlog tree' for what runs");
    }
    return tell(commands.find(id).orElse(command));
  }

  private static Command await(RunContext context, CommandQueue commands, long id)
      throws InterruptedException {
    long start = System.nanoTime();
    Command command = commands.find(id).orElseThrow();
    while (command.state() == CommandState.ASKED
        && System.nanoTime() - start < LONGEST_WAIT.toNanos()
        && !context.shutdown().await(BETWEEN_LOOKS)) {
      command = commands.find(id).orElseThrow();
    }
    return command;
  }

  private int tell(Command command) {
    String answer = command.answer().orElse("");
    if (command.state() == CommandState.REFUSED) {
      throw new ProcessFailure(ExitCode.USAGE, command.target() + ": " + answer);
    }
    if (root.isJson()) {
      root.print(
          Json.object()
              .put("id", command.id())
              .put("verb", command.verb().wireName())
              .put("target", command.target())
              .put("state", command.state().wireName())
              .put("answer", answer));
    } else {
      root.terminal().out().println(command.target() + ": " + answer);
    }
    return ExitCode.OK;
  }
}

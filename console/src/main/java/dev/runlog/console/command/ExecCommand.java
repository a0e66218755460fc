package dev.runlog.console.command;

import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProgramFailure;
import dev.runlog.process.RunContext;
import dev.runlog.process.child.ForegroundProgram;
import dev.runlog.process.child.SignalNames;
import dev.runlog.process.lifecycle.Grace;
import dev.runlog.process.lifecycle.InstanceLock;
import dev.runlog.process.lifecycle.Shutdown;
import dev.runlog.process.propagation.ChildEnvironment;
import dev.runlog.process.settings.InstanceName;
import dev.runlog.process.settings.KnownSettings;
import dev.runlog.process.settings.SettingParsers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a program of any language a run: its start, its end and what it logs are in the table. */
@Command(
    name = "exec",
    description =
        "Run a program of any language as a run: with its start and its end in the table.",
    footer = {
      "",
      "The program has the terminal, gets the signals, and its exit code is the one of this"
          + " command (143 or 130 when it ends with 0 after a signal). With any other than 0 its run"
          + " has failed, unless it was asked to end. In its environment"
          + " RUNLOG_RUN_ID names its run, so that 'runlog log' logs under it, and PARENT_RUN_ID"
          + " makes the processes that it starts its children.",
      "",
      "Example: runlog exec --role importer -- python3 import.py --all",
      "",
      "A SIGKILL of this command leaves the program running, unless on Linux it was started as"
          + " 'setpriv --pdeathsig KILL CMD ARGS'."
    })
public final class ExecCommand implements Callable<Integer> {

  private static final String ROLE_RULE = "[a-z][a-z0-9_-]{0,63}";

  /** The predecessor under the same name may still be ending. */
  private static final Duration LONGEST_WAIT_FOR_NAME = Duration.ofSeconds(10);

  private final RunlogCommand root;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "What the program is, such as importer.")
  private String role = "";

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "Its long-lived name; else INSTANCE_ID, else the next W00001.")
  private Optional<String> instance = Optional.empty();

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description =
          "How long it may take to end once it was asked to, such as 5s; then it is killed (default: 30s).")
  private Optional<String> grace = Optional.empty();

  @Parameters(
      arity = "1..*",
      paramLabel = "-- CMD ARGS",
      hideParamSyntax = true,
      description = "The program and its arguments, run without a shell.")
  private List<String> command = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  private CommandSpec spec;

  private ExecCommand(RunlogCommand root) {
    this.root = root;
  }

  /** The command; what follows the program belongs to the program. */
  public static CommandLine of(RunlogCommand root) {
    return new CommandLine(new ExecCommand(root)).setStopAtPositional(true);
  }

  @Override
  public Integer call() {
    if (!role.matches(ROLE_RULE)) {
      throw usage(
          "--role is '" + role + "'; use lower-case letters, digits and _ - such as importer");
    }
    Map<String, String> env = new HashMap<>(root.env());
    instance.ifPresent(name -> env.put(ChildEnvironment.INSTANCE_ID, checked(name)));
    Executable executable =
        Executable.numberedWorker(role).withGrace(grace.map(this::drainIn).orElse(Grace.DEFAULT));
    return root.running(executable, env, this::run);
  }

  private int run(RunContext context) throws InterruptedException {
    InstanceLock lock =
        InstanceLock.acquire(
            context.database().localPath(), context.instanceId(), LONGEST_WAIT_FOR_NAME);
    try {
      return runProgram(context);
    } finally {
      lock.close();
    }
  }

  private int runProgram(RunContext context) throws InterruptedException {
    ForegroundProgram program =
        ForegroundProgram.start(context.instanceId(), command, envOfProgram(context));
    context.shutdown().onRequest(() -> program.pass(signalOf(context.shutdown())));
    context.shutdown().onHurry(program::kill);
    try {
      return ending(context, program.awaitExit());
    } catch (InterruptedException e) {
      program.kill();
      throw e;
    }
  }

  /** A program that was asked to end did what it was asked for, whatever its exit code. */
  private int ending(RunContext context, int exitCode) {
    if (exitCode == ExitCode.OK || context.shutdown().isRequested()) {
      return exitCode;
    }
    throw new ProgramFailure(
        exitCode,
        command.get(0)
            + SignalNames.ofExitCode(exitCode)
                .map(signal -> " was ended by " + signal)
                .orElse(" failed"));
  }

  private static Map<String, String> envOfProgram(RunContext context) {
    Map<String, String> env = new HashMap<>();
    context.childEnvironment().injectInto(env, context.instanceId());
    env.put(KnownSettings.RUN_ID, context.runId().toString());
    // Its standard input is this process's own, which may be a file that simply ends.
    env.put(KnownSettings.LIFELINE, context.env().getOrDefault(KnownSettings.LIFELINE, ""));
    return env;
  }

  /** What the program is told; without a parent it is to end as after a SIGTERM. */
  private static String signalOf(Shutdown shutdown) {
    return shutdown.reason().filter(why -> why.startsWith("SIG")).orElse(Shutdown.SIGTERM);
  }

  private String checked(String name) {
    return parsed("--instance", name, InstanceName::require);
  }

  private Grace drainIn(String time) {
    return Grace.DEFAULT.withDrain(parsed("--grace", time, SettingParsers.time()));
  }

  private <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw usage(option + ": " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

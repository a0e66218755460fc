package dev.runlog.supervisor;

import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.lifecycle.Grace;
import dev.runlog.process.settings.SettingsReader;
import dev.runlog.supervisor.demo.Demo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The executable {@code supervisor.jar}: reads the command line, then settings, and runs a fleet or
 * the demo.
 */
public final class SupervisorMain {

  private static final int USUAL_DEMO_WORKERS = 3;

  /** The children drain first, so a supervisor needs a little longer than they do. */
  private static final Grace GRACE =
      new Grace(
          Duration.ofSeconds(40),
          Duration.ofSeconds(4),
          Duration.ofSeconds(6),
          Duration.ofSeconds(5));

  private SupervisorMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.getenv()));
  }

  private static int run(String[] args, Map<String, String> env) {
    SupervisorOptions options = new SupervisorOptions();
    CommandLine commandLine = new CommandLine(options);
    try {
      ParseResult parsed = commandLine.parseArgs(args);
      if (CommandLine.printHelpIfRequested(parsed)) {
        return ExitCode.OK;
      }
    } catch (ParameterException e) {
      System.err.println("runlog: " + problem(e) + "; 'supervisor.jar --help' lists the options");
      return ExitCode.USAGE;
    }
    Surroundings surroundings = Surroundings.ofThisProcess(options.laidOver(env));
    return new ProcessStartup(executable(options), surroundings)
        .runWith(reader -> prepare(reader, options));
  }

  private static String problem(ParameterException e) {
    List<String> guesses =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    return e.getMessage() + (guesses.isEmpty() ? "" : "; did you mean " + guesses.get(0) + "?");
  }

  private static Executable executable(SupervisorOptions options) {
    Executable supervisor = Executable.named("supervisor", "supervisor-main").withGrace(GRACE);
    return options.isDemo() ? supervisor : supervisor.printingEvents();
  }

  private static ProcessMain prepare(SettingsReader reader, SupervisorOptions options) {
    if (options.isDemo()) {
      SupervisorSettings settings = SupervisorSettings.read(reader, USUAL_DEMO_WORKERS);
      return SingleInstance.guard(
          context -> new Demo(context, new Fleet(context, settings), System.out).run());
    }
    SupervisorSettings settings = SupervisorSettings.read(reader, SupervisorSettings.USUAL_WORKERS);
    return SingleInstance.guard(
        context -> supervise(context, new Fleet(context, settings), options));
  }

  private static int supervise(RunContext context, Fleet fleet, SupervisorOptions options)
      throws InterruptedException {
    Supervisor supervisor = new Supervisor(context, fleet.workers(Map.of()));
    if (!options.drains()) {
      return supervisor.run();
    }
    supervisor.endWhenDrained();
    int exitCode = supervisor.run();
    if (!context.shutdown().isRequested()) {
      supervisor.drainReport().printTo(System.err);
    }
    return exitCode;
  }
}

package dev.runlog.supervisor;

import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.FailureReport;
import dev.runlog.process.ProcessMain;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import dev.runlog.process.lifecycle.Grace;
import dev.runlog.process.settings.SettingsException;
import dev.runlog.process.settings.SettingsReader;
import dev.runlog.supervisor.control.Crew;
import dev.runlog.supervisor.demo.Demo;
import dev.runlog.supervisor.fleet.FleetFile;
import dev.runlog.supervisor.revision.TransitionWatch;
import dev.runlog.supervisor.slot.SlotSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final String CHANGE_THE_FILE =
      "the fleet file says how many run; change its count and restart the supervisor";

  private SupervisorMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.getenv(), TransitionWatch.NONE));
  }

  /**
   * Runs a supervisor to its end; returns the exit code.
   *
   * @param watch is told of each move of a revision
   */
  public static int run(String[] args, Map<String, String> env, TransitionWatch watch) {
    SupervisorOptions options = new SupervisorOptions();
    CommandLine commandLine = new CommandLine(options);
    try {
      ParseResult parsed = commandLine.parseArgs(args);
      if (CommandLine.printHelpIfRequested(parsed)) {
        return ExitCode.OK;
      }
    } catch (ParameterException e) {
      return refuse(problem(e));
    }
    Optional<String> conflict = options.conflict();
    if (conflict.isPresent()) {
      return refuse(conflict.get());
    }
    if (options.checksOnly()) {
      return check(options.fleet().orElseThrow());
    }
    Surroundings surroundings = Surroundings.ofThisProcess(options.laidOver(env));
    return new ProcessStartup(executable(options), surroundings)
        .runWith(reader -> prepare(reader, options, watch));
  }

  private static String problem(ParameterException e) {
    List<String> guesses =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    return e.getMessage() + (guesses.isEmpty() ? "" : "; did you mean " + guesses.get(0) + "?");
  }

  private static int refuse(String why) {
    System.err.println("runlog: " + why + "; 'runlog up --help' lists the options");
    return ExitCode.USAGE;
  }

  private static int check(Path fleet) {
    try {
      FleetFile file = FleetFile.read(fleet);
      System.out.println(fleet + " is in order: " + file.processes() + " process(es)");
      return ExitCode.OK;
    } catch (SettingsException e) {
      FailureReport report = FailureReport.of(e);
      report.printTo(System.err);
      return report.exitCode();
    }
  }

  private static Executable executable(SupervisorOptions options) {
    Executable supervisor = Executable.named("supervisor", "supervisor-main").withGrace(GRACE);
    return options.isDemo() ? supervisor : supervisor.printingEvents();
  }

  private static ProcessMain prepare(
      SettingsReader reader, SupervisorOptions options, TransitionWatch watch) {
    if (options.isDemo()) {
      SupervisorSettings settings = SupervisorSettings.read(reader, USUAL_DEMO_WORKERS);
      return SingleInstance.guard(
          context -> new Demo(context, new Fleet(context, settings), System.out).run());
    }
    SupervisorSettings settings = SupervisorSettings.read(reader, SupervisorSettings.USUAL_WORKERS);
    Optional<FleetFile> file = options.fleet().flatMap(path -> read(path, reader));
    return SingleInstance.guard(
        context -> {
          Fleet fleet = new Fleet(context, settings);
          List<SlotSpec> slots =
              file.map(read -> new FleetSlots(fleet, read).of(options.part()))
                  .orElseGet(fleet::workers);
          Crew crew = file.isPresent() ? Crew.fixed(CHANGE_THE_FILE) : fleet::crew;
          int spares = options.spares().or(() -> file.flatMap(FleetFile::spares)).orElse(0);
          Supervisor supervisor =
              new Supervisor(
                  context,
                  slots,
                  crew,
                  fleet.rollout(slots, watch),
                  fleet.spares(spares, slots),
                  options.part().isPresent());
          return supervise(supervisor, context, options);
        });
  }

  /** Read before anything is started, so that its problems are told with those of the settings. */
  private static Optional<FleetFile> read(Path path, SettingsReader reader) {
    try {
      return Optional.of(FleetFile.read(path));
    } catch (SettingsException e) {
      e.problems().forEach(reader::problem);
      return Optional.empty();
    }
  }

  private static int supervise(Supervisor supervisor, RunContext context, SupervisorOptions options)
      throws InterruptedException {
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

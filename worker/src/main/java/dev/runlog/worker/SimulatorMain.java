package dev.runlog.worker;

import dev.runlog.events.payload.UserEvent;
import dev.runlog.llm.simulator.Simulator;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.process.Executable;
import dev.runlog.process.ExitCode;
import dev.runlog.process.ProcessStartup;
import dev.runlog.process.RunContext;
import dev.runlog.process.Surroundings;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs the simulator as a process of the tree: it logs {@code simulator.started} with its base URL
 * and ends when it is asked to.
 */
public final class SimulatorMain {

  private static final Duration FOREVER = Duration.ofDays(365);

  private SimulatorMain() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    SimulatorOptions options = new SimulatorOptions();
    SimulatorSettings settings;
    try {
      if (CommandLine.printHelpIfRequested(new CommandLine(options).parseArgs(args))) {
        return ExitCode.OK;
      }
      settings = options.toSettings();
    } catch (ParameterException | IllegalArgumentException e) {
      System.err.println("runlog: " + e.getMessage() + "; --help lists the options");
      return ExitCode.USAGE;
    }
    return new ProcessStartup(
            Executable.named("simulator", "simulator").printingEvents(),
            Surroundings.ofThisProcess(options.laidOver(System.getenv())))
        .run(context -> serve(context, settings));
  }

  private static int serve(RunContext context, SimulatorSettings settings)
      throws InterruptedException {
    try (Simulator simulator = Simulator.start(settings)) {
      context
          .events()
          .append(
              new UserEvent(
                  "simulator.started",
                  Map.of("base_url", simulator.baseUrl(), "port", simulator.port())));
      while (!context.shutdown().await(FOREVER)) {
        // Only the request to end matters.
      }
      return ExitCode.OK;
    }
  }
}

package dev.runlog.worker;

import dev.runlog.llm.simulator.FaultRates;
import dev.runlog.llm.simulator.Latency;
import dev.runlog.llm.simulator.SimulatorSettings;
import dev.runlog.process.settings.KnownSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the simulator. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = {
      "Serves OpenAI's wire format on 127.0.0.1: made-up answers that follow from the request, true token counts in usage,",
      "and faults on request. Point OPENAI_BASE_URL at the base URL that it logs."
    })
final class SimulatorOptions {

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "Port to listen on (default: a free one).")
  private int port;

  @Option(
      names = "--latency",
      paramLabel = "MS[-MS]",
      defaultValue = "0",
      description =
          "Milliseconds before each answer, fixed or a range such as 300-900 (default: 0).")
  private String latency = "0";

  @Option(
      names = "--rate-429",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of answers 429, 0 to 1.")
  private double rateLimited;

  @Option(
      names = "--rate-500",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of answers 500, 0 to 1.")
  private double serverError;

  @Option(
      names = "--rate-cut",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of cut connections, 0 to 1.")
  private double cut;

  @Option(
      names = "--rate-garbage",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of answers that are no JSON, 0 to 1.")
  private double garbage;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The only API key to accept (default: any or none).")
  private @Nullable String key;

  @Option(
      names = "--db",
      paramLabel = "PATH",
      description = "Where to log (default: RUNLOG_DB, else runlog.db).")
  private @Nullable String database;

  /**
   * The settings that the options say.
   *
   * @throws IllegalArgumentException when they make no sense; the message says why
   */
  SimulatorSettings toSettings() {
    return new SimulatorSettings(
        port,
        Optional.ofNullable(key),
        parseLatency(),
        new FaultRates(rateLimited, serverError, cut, garbage),
        1);
  }

  /** The environment with what the command line says laid over it. */
  Map<String, String> laidOver(Map<String, String> env) {
    Map<String, String> merged = new HashMap<>(env);
    if (database != null) {
      merged.put(KnownSettings.DB, database);
    }
    return merged;
  }

  private Latency parseLatency() {
    if (!latency.matches("\\d{1,7}(-\\d{1,7})?")) {
      throw new IllegalArgumentException(
          "--latency is '" + latency + "'; give milliseconds such as 500 or 300-900");
    }
    String[] bounds = latency.split("-", 2);
    return new Latency(millis(bounds[0]), millis(bounds[bounds.length - 1]));
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }
}

package dev.runlog.llm.simulator;

import java.util.Optional;

/**
 * How a simulator behaves.
 *
 * @param port to listen on; 0 takes a free one
 * @param expectedKey the only API key that is accepted; any or none when absent
 * @param latency before each answer
 * @param faults instead of answers
 * @param seed of chance: the same seed and order of requests give the same faults
 */
public record SimulatorSettings(
    int port, Optional<String> expectedKey, Latency latency, FaultRates faults, long seed) {

  /** Answers at once and without fault, on a free port. */
  public static final SimulatorSettings DEFAULT =
      new SimulatorSettings(0, Optional.empty(), Latency.NONE, FaultRates.NONE, 1);

  public SimulatorSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not from 0 to 65535");
    }
  }

  public SimulatorSettings withPort(int other) {
    return new SimulatorSettings(other, expectedKey, latency, faults, seed);
  }

  public SimulatorSettings withExpectedKey(String key) {
    return new SimulatorSettings(port, Optional.of(key), latency, faults, seed);
  }

  public SimulatorSettings withLatency(Latency other) {
    return new SimulatorSettings(port, expectedKey, other, faults, seed);
  }

  public SimulatorSettings withFaults(FaultRates other) {
    return new SimulatorSettings(port, expectedKey, latency, other, seed);
  }

  @Override
  public String toString() {
    return "SimulatorSettings[port="
        + port
        + ", expectedKey="
        + (expectedKey.isPresent() ? "[redacted]" : "any")
        + ", latency="
        + latency
        + ", faults="
        + faults
        + ", seed="
        + seed
        + "]";
  }
}

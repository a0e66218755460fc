package dev.runlog.llm.simulator;

/**
 * What a simulator has done so far.
 *
 * @param requests chat requests received
 * @param completions chat requests answered with a completion
 * @param failures chat requests answered otherwise or not at all
 * @param promptTokens prompt tokens reported, all completions together
 * @param completionTokens completion tokens reported, all completions together
 */
public record SimulatorTotals(
    long requests, long completions, long failures, long promptTokens, long completionTokens) {

  static final SimulatorTotals NONE = new SimulatorTotals(0, 0, 0, 0, 0);

  SimulatorTotals plusCompletion(long prompt, long completion) {
    return new SimulatorTotals(
        requests + 1,
        completions + 1,
        failures,
        promptTokens + prompt,
        completionTokens + completion);
  }

  SimulatorTotals plusFailure() {
    return new SimulatorTotals(
        requests + 1, completions, failures + 1, promptTokens, completionTokens);
  }
}

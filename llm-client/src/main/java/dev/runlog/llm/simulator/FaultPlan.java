package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides for each request what goes wrong and how long it takes: what the request asks for, else
 * what the settings say. Thread-safe.
 */
final class FaultPlan {

  private final SimulatorSettings settings;
  private final Chance chance;
  private final Map<String, Integer> failuresByKey = new ConcurrentHashMap<>();

  FaultPlan(SimulatorSettings settings) {
    this.settings = settings;
    this.chance = new Chance(settings.seed());
  }

  /** What happens to a request. */
  Outcome next(Directive directive, ObjectNode request) {
    SplittableRandom dice = chance.next();
    Latency latency = directive.latency().orElse(settings.latency());
    return new Outcome(
        latency.at(dice.nextDouble()).toMillis(), fault(directive, request, dice.nextDouble()));
  }

  private Optional<Fault> fault(Directive directive, ObjectNode request, double dice) {
    if (directive.fault().isEmpty()) {
      return settings.faults().at(dice);
    }
    return directive.times().isEmpty() || isToFail(directive, request)
        ? directive.fault()
        : Optional.empty();
  }

  private boolean isToFail(Directive directive, ObjectNode request) {
    String key =
        directive.key().orElseGet(() -> Integer.toHexString(request.toString().hashCode()));
    return failuresByKey.merge(key, 1, Integer::sum) <= directive.times().getAsInt();
  }

  /**
   * @param latencyMillis to wait before
   * @param fault instead of an answer
   */
  record Outcome(long latencyMillis, Optional<Fault> fault) {}
}

package dev.runlog.llm.simulator;

import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How often a simulator fails instead of answering, as shares of all requests from 0 to 1, together
 * at most 1.
 *
 * @param rateLimited share of answers 429
 * @param serverError share of answers 500
 * @param cut share of connections that break inside the answer
 * @param garbage share of answers 200 that are no JSON
 */
public record FaultRates(double rateLimited, double serverError, double cut, double garbage) {

  public static final FaultRates NONE = new FaultRates(0, 0, 0, 0);

  public FaultRates {
    boolean shares =
        DoubleStream.of(rateLimited, serverError, cut, garbage)
            .allMatch(rate -> rate >= 0 && rate <= 1);
    if (!shares || rateLimited + serverError + cut + garbage > 1) {
      throw new IllegalArgumentException(
          "fault rates must be from 0 to 1, together at most 1: "
              + rateLimited
              + ", "
              + serverError
              + ", "
              + cut
              + ", "
              + garbage);
    }
  }

  /** The fault that a throw of the dice hits, from 0 to below 1. */
  Optional<Fault> at(double dice) {
    if (dice < rateLimited) {
      return Optional.of(new Fault.Status(429));
    }
    if (dice < rateLimited + serverError) {
      return Optional.of(new Fault.Status(500));
    }
    if (dice < rateLimited + serverError + cut) {
      return Optional.of(new Fault.Cut());
    }
    return dice < rateLimited + serverError + cut + garbage
        ? Optional.of(new Fault.Garbage())
        : Optional.empty();
  }
}

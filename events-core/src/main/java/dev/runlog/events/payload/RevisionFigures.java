package dev.runlog.events.payload;

import java.util.Optional;

/**
 * How a build did. Probes, by which a supervisor sees that a worker answers, are no tasks here.
 *
 * @param runs processes started
 * @param crashes how many of them crashed
 * @param tasks attempts at tasks that ended done or failed
 * @param failed those that failed
 * @param probes probes that ended, 0 also in events of before they were told apart
 * @param p95Ms 95th percentile of the durations of those done, in milliseconds, absent without any
 * @param tokensPerTask mean of input and output tokens of those done, absent without any
 */
public record RevisionFigures(
    long runs,
    long crashes,
    long tasks,
    long failed,
    long probes,
    Optional<Long> p95Ms,
    Optional<Double> tokensPerTask) {

  public static final RevisionFigures NONE =
      new RevisionFigures(0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
}

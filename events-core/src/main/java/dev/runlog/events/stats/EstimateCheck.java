package dev.runlog.events.stats;

import java.util.OptionalDouble;

/**
 * The estimate of the input tokens against what the provider reported, over the calls that have
 * both figures.
 *
 * @param calls how many calls have both
 * @param estimatedTokens sum of the estimates
 * @param reportedTokens sum of the reported figures
 * @param absoluteErrorTokens sum of the differences of single calls without their signs, so that
 *     too much and too little do not cancel out
 */
public record EstimateCheck(
    long calls, long estimatedTokens, long reportedTokens, long absoluteErrorTokens) {

  public static final EstimateCheck NONE = new EstimateCheck(0, 0, 0, 0);

  public EstimateCheck plus(EstimateCheck other) {
    return new EstimateCheck(
        calls + other.calls,
        estimatedTokens + other.estimatedTokens,
        reportedTokens + other.reportedTokens,
        absoluteErrorTokens + other.absoluteErrorTokens);
  }

  /**
   * How far the sum of the estimates is from the reported sum, as a part of the latter: 0.02 is two
   * percent too much, negative is too little; empty when nothing was reported.
   */
  public OptionalDouble bias() {
    return partOfReported(estimatedTokens - reportedTokens);
  }

  /**
   * How far a single estimate is off, weighted by the size of the call, as a part of the reported
   * tokens; empty when nothing was reported.
   */
  public OptionalDouble error() {
    return partOfReported(absoluteErrorTokens);
  }

  private OptionalDouble partOfReported(long tokens) {
    return reportedTokens == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) tokens / reportedTokens);
  }
}

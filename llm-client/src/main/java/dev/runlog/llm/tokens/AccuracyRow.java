package dev.runlog.llm.tokens;

import java.util.Optional;

/**
 * One recorded call against its count. Written as JSON it is one line of {@code accuracy --json}.
 *
 * @param id name of the recorded call
 * @param estimate input tokens as counted, absent when the request could not be counted
 * @param reported input tokens as the provider billed them, absent when the recording lacks them
 * @param exactness {@code exact} or {@code approximate}: what the counter says of its own count
 */
public record AccuracyRow(
    String id, Optional<Long> estimate, Optional<Long> reported, String exactness) {

  /** Whether both figures are there and agree. */
  public boolean agrees() {
    return estimate.isPresent() && estimate.equals(reported);
  }

  /** Tokens between count and bill; a figure that is missing counts as zero. */
  long error() {
    return Math.abs(estimate.orElse(0L) - reported.orElse(0L));
  }

  double relativeError() {
    return error() / (double) Math.max(1, reported.orElse(0L));
  }

  /** Whether the count is off by at most three tokens or one percent, whichever is more. */
  boolean isClose() {
    return error() <= Math.max(3, 0.01 * reported.orElse(0L));
  }
}

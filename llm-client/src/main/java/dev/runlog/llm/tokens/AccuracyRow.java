package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ContextBreakdown;
import java.util.Optional;

/**
 * One recorded call against its count.
 *
 * @param id name of the recorded call
 * @param estimate input tokens as counted, absent when the request could not be counted
 * @param reported input tokens as the provider billed them, absent when the recording lacks them
 * @param exactness {@code exact} or {@code approximate}: what the counter says of its own count
 * @param failure why the request could not be counted, absent when it was
 */
public record AccuracyRow(
    String id,
    Optional<Long> estimate,
    Optional<Long> reported,
    String exactness,
    Optional<String> failure) {

  static AccuracyRow counted(RecordedCall call, ContextBreakdown context) {
    return new AccuracyRow(
        call.id(),
        Optional.of(context.totalTokens()),
        call.reported(),
        context.exactness(),
        Optional.empty());
  }

  static AccuracyRow uncounted(RecordedCall call, Throwable failure) {
    return new AccuracyRow(
        call.id(),
        Optional.empty(),
        call.reported(),
        "approximate",
        Optional.of(failure.toString()));
  }

  /** One line of {@code accuracy --json}; {@code failure} stands in it only where there is one. */
  public ObjectNode json() {
    ObjectNode json = Json.object().put("id", id);
    json.put("estimate", estimate.orElse(null)).put("reported", reported.orElse(null));
    json.put("exactness", exactness);
    failure.ifPresent(reason -> json.put("failure", reason));
    return json;
  }

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

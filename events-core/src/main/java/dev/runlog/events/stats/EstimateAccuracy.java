package dev.runlog.events.stats;

import java.util.OptionalDouble;

/**
 * How exactly the input tokens of some calls were counted before they were sent, over the calls
 * that have both the count and the provider's figure.
 *
 * @param calls how many calls have both
 * @param exact those counted to the token
 * @param close those that are off by at most three tokens or one percent, whichever is more
 * @param relativeErrors sum of |estimate − reported| / reported
 * @param calledExact those whose count was said to be exact
 * @param rightlyCalledExact those of them that are
 */
public record EstimateAccuracy(
    long calls,
    long exact,
    long close,
    double relativeErrors,
    long calledExact,
    long rightlyCalledExact) {

  public static final EstimateAccuracy NONE = new EstimateAccuracy(0, 0, 0, 0, 0, 0);

  private static final long CLOSE_TOKENS = 3;
  private static final double CLOSE_SHARE = 0.01;

  static EstimateAccuracy of(long estimate, long reported, boolean calledExact) {
    long error = Math.abs(estimate - reported);
    boolean exact = error == 0;
    return new EstimateAccuracy(
        1,
        exact ? 1 : 0,
        error <= Math.max(CLOSE_TOKENS, CLOSE_SHARE * reported) ? 1 : 0,
        (double) error / Math.max(1, reported),
        calledExact ? 1 : 0,
        calledExact && exact ? 1 : 0);
  }

  public EstimateAccuracy plus(EstimateAccuracy other) {
    return new EstimateAccuracy(
        calls + other.calls,
        exact + other.exact,
        close + other.close,
        relativeErrors + other.relativeErrors,
        calledExact + other.calledExact,
        rightlyCalledExact + other.rightlyCalledExact);
  }

  /** Share counted to the token, 0 to 1; empty without any call. */
  public OptionalDouble exactShare() {
    return share((double) exact, calls);
  }

  /** Share that is close, 0 to 1; empty without any call. */
  public OptionalDouble closeShare() {
    return share((double) close, calls);
  }

  /** Mean error of a call as a part of what was reported; empty without any call. */
  public OptionalDouble meanRelativeError() {
    return share(relativeErrors, calls);
  }

  /** Of the counts that were said to be exact the share that are, 0 to 1; empty without any. */
  public OptionalDouble rightlyCalledExactShare() {
    return share((double) rightlyCalledExact, calledExact);
  }

  private static OptionalDouble share(double part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}

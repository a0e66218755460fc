package dev.runlog.events.pricing;

/**
 * The tokens of one call by what they cost.
 *
 * @param input all input tokens, the next two included
 * @param cachedInput those read from a cache
 * @param cacheWrite those written to a cache
 * @param output output tokens, reasoning ones included
 */
public record BilledTokens(long input, long cachedInput, long cacheWrite, long output) {

  long uncachedInput() {
    return Math.max(0, input - cachedInput - cacheWrite);
  }
}

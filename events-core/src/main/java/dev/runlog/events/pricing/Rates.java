package dev.runlog.events.pricing;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prices in US dollars per million tokens; absent is what has no price of its own.
 *
 * @param input input tokens that were not cached
 * @param cachedInput input tokens read from a cache
 * @param cacheWrite input tokens written to a cache
 * @param output output tokens, reasoning ones included
 */
record Rates(
    Optional<BigDecimal> input,
    Optional<BigDecimal> cachedInput,
    Optional<BigDecimal> cacheWrite,
    Optional<BigDecimal> output) {

  private static final int MILLION_DIGITS = 6;

  boolean hasAny() {
    return Stream.of(input, cachedInput, cacheWrite, output).anyMatch(Optional::isPresent);
  }

  /** Dollars for the tokens; absent when one kind of them has no price. */
  Optional<BigDecimal> cost(BilledTokens tokens) {
    return part(tokens.uncachedInput(), input)
        .flatMap(sum -> part(tokens.cachedInput(), cachedInput).map(sum::add))
        .flatMap(sum -> part(tokens.cacheWrite(), cacheWrite).map(sum::add))
        .flatMap(sum -> part(tokens.output(), output).map(sum::add));
  }

  private static Optional<BigDecimal> part(long tokens, Optional<BigDecimal> perMillion) {
    return tokens == 0
        ? Optional.of(BigDecimal.ZERO)
        : perMillion.map(
            price -> price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS));
  }
}

package dev.runlog.events.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What one model costs from a day on.
 *
 * @param model name as providers answer it
 * @param from first day, UTC; since ever when absent
 * @param window size of the context window in tokens
 * @param rates for contexts of usual length
 * @param longContextAbove input tokens beyond which {@code longContext} holds for the whole call
 * @param longContext for longer contexts, absent where they cost the same
 */
record ModelPrice(
    String model,
    Optional<LocalDate> from,
    Optional<Long> window,
    Rates rates,
    long longContextAbove,
    Optional<Rates> longContext) {

  boolean holdsAt(Instant time) {
    return from.map(day -> !time.isBefore(day.atStartOfDay(ZoneOffset.UTC).toInstant()))
        .orElse(true);
  }

  /** Whether it says anything of prices; an entry may be there for its window alone. */
  boolean hasRates() {
    return rates.hasAny();
  }

  Optional<BigDecimal> cost(BilledTokens tokens) {
    Rates holding = tokens.input() > longContextAbove ? longContext.orElse(rates) : rates;
    return holding.cost(tokens);
  }
}

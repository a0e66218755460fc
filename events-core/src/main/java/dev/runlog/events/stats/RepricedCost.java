package dev.runlog.events.stats;

import dev.runlog.events.pricing.PriceTable;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What some answered calls cost as it was logged, and what they would have cost under another table
 * of prices. Dollars are US dollars; a call without a price adds nothing.
 *
 * @param calls answered calls
 * @param priced those whose cost was logged
 * @param costUsd sum of the logged costs
 * @param repriced those that the other table has a price for
 * @param repricedCostUsd sum under the other table
 */
public record RepricedCost(
    long calls, long priced, BigDecimal costUsd, long repriced, BigDecimal repricedCostUsd) {

  public static final RepricedCost NONE =
      new RepricedCost(0, 0, BigDecimal.ZERO, 0, BigDecimal.ZERO);

  static RepricedCost of(AnsweredCall call, PriceTable prices) {
    Optional<BigDecimal> repriced =
        call.billed()
            .flatMap(tokens -> prices.cost(call.model(), tokens, call.serviceTier(), call.time()));
    return new RepricedCost(
        1,
        call.cost().isPresent() ? 1 : 0,
        call.cost().orElse(BigDecimal.ZERO),
        repriced.isPresent() ? 1 : 0,
        repriced.orElse(BigDecimal.ZERO));
  }

  public RepricedCost plus(RepricedCost other) {
    return new RepricedCost(
        calls + other.calls,
        priced + other.priced,
        costUsd.add(other.costUsd),
        repriced + other.repriced,
        repricedCostUsd.add(other.repricedCostUsd));
  }
}

/**
 * What models cost and how much fits into their context. Start at {@link
 * dev.runlog.events.pricing.PriceTable}.
 */
@NullMarked
package dev.runlog.events.pricing;

import org.jspecify.annotations.NullMarked;

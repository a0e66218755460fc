/**
 * What models cost and how much fits into their context. Start at {@link
 * dev.runlog.llm.pricing.PriceTable}.
 */
@NullMarked
package dev.runlog.llm.pricing;

import org.jspecify.annotations.NullMarked;

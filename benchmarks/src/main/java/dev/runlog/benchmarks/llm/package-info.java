/**
 * What accounting costs a call to a model. Start at {@link
 * dev.runlog.benchmarks.llm.AccountingCost}.
 */
@NullMarked
package dev.runlog.benchmarks.llm;

import org.jspecify.annotations.NullMarked;

/**
 * How evenly many processes share one SQLite file: start at {@link
 * dev.runlog.benchmarks.fairness.Fairness}.
 */
@NullMarked
package dev.runlog.benchmarks.fairness;

import org.jspecify.annotations.NullMarked;

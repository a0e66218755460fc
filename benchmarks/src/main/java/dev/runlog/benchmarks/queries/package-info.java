/**
 * What reading costs in a small and in a large log. Start at {@link
 * dev.runlog.benchmarks.queries.EventFile}.
 */
@NullMarked
package dev.runlog.benchmarks.queries;

import org.jspecify.annotations.NullMarked;

/** Prints the figures of docs/benchmarks.md. Start at {@link dev.runlog.benchmarks.BenchMain}. */
@NullMarked
package dev.runlog.benchmarks;

import org.jspecify.annotations.NullMarked;

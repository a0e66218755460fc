/** How things are measured side by side. Start at {@link dev.runlog.benchmarks.measure.Rounds}. */
@NullMarked
package dev.runlog.benchmarks.measure;

import org.jspecify.annotations.NullMarked;

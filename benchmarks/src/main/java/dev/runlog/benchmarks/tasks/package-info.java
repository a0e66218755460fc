/** The durable queue. Start at {@link dev.runlog.benchmarks.tasks.ClaimAndDone}. */
@NullMarked
package dev.runlog.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;

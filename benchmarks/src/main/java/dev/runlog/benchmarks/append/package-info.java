/**
 * What it costs to append an event. Start at {@link dev.runlog.benchmarks.append.OneEventACommit}.
 */
@NullMarked
package dev.runlog.benchmarks.append;

import org.jspecify.annotations.NullMarked;

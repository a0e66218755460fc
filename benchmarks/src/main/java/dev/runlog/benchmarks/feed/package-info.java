/** What it costs to follow the log. Start at {@link dev.runlog.benchmarks.feed.Following}. */
@NullMarked
package dev.runlog.benchmarks.feed;

import org.jspecify.annotations.NullMarked;

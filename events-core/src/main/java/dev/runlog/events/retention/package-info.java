/**
 * Removes what is no longer wanted, whole trees of runs at a time. Start at {@link
 * dev.runlog.events.retention.Pruning}.
 */
@NullMarked
package dev.runlog.events.retention;

import org.jspecify.annotations.NullMarked;

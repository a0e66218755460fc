/**
 * The newest events that somebody wants to see. Start at {@link
 * dev.runlog.console.tail.RecentEvents}.
 */
@NullMarked
package dev.runlog.console.tail;

import org.jspecify.annotations.NullMarked;

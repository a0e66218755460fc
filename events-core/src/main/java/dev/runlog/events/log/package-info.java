/**
 * The event log: what is written and how it is read. Start at {@link
 * dev.runlog.events.log.EventLog}.
 */
@NullMarked
package dev.runlog.events.log;

import org.jspecify.annotations.NullMarked;

/**
 * The payloads of the events of {@link dev.runlog.events.log.EventType}, one record an event.
 * Components are written in snake case; an absent value is written as {@code null}. Start at {@link
 * dev.runlog.events.payload.ProcessStarted}.
 */
@NullMarked
package dev.runlog.events.payload;

import org.jspecify.annotations.NullMarked;

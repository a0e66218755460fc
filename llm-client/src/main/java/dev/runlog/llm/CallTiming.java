package dev.runlog.llm;

import java.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * All that a call knows of time and chance.
 *
 * @param clock the calendar, for a server that names a date to wait for
 * @param nanoTime a clock that only goes forward, in nanoseconds
 * @param random from 0 to below 1
 * @param pause waits between attempts
 */
record CallTiming(Clock clock, LongSupplier nanoTime, DoubleSupplier random, Pause pause) {}

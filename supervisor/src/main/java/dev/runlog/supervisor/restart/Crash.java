package dev.runlog.supervisor.restart;

/**
 * One crash in the history of a slot.
 *
 * @param atNanos when, on the monotonic clock of this process
 * @param isFailedStart whether the process ended before it logged {@code process.started}
 */
public record Crash(long atNanos, boolean isFailedStart) {}

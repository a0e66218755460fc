package dev.runlog.events.work;

/**
 * A task at hand.
 *
 * @param kind which handler it is for
 * @param heldMillis for how long it has been held, by the clock of whoever asks
 */
public record HeldTask(String kind, long heldMillis) {}

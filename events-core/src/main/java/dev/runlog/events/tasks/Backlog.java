package dev.runlog.events.tasks;

import java.time.Instant;

/**
 * The tasks of a kind that are queued.
 *
 * @param kind which handler runs them
 * @param queued how many, at least 1
 * @param dueFrom when the first of them is due
 */
public record Backlog(String kind, long queued, Instant dueFrom) {}

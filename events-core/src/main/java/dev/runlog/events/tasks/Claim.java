package dev.runlog.events.tasks;

import dev.runlog.events.log.EventId;

/**
 * A task as its holder has it. Only the holder of this attempt can end it.
 *
 * @param task the task in state {@code claimed}
 * @param event the {@code task.claimed} that opened the attempt
 */
public record Claim(Task task, EventId event) {}

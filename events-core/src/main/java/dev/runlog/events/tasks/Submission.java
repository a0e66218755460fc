package dev.runlog.events.tasks;

/**
 * What became of a submitted task.
 *
 * @param id the task
 * @param isNew false when a task with the same unique key was already queued or claimed; then this
 *     is its id
 */
public record Submission(TaskId id, boolean isNew) {}

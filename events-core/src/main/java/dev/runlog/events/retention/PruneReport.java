package dev.runlog.events.retention;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was removed, or would be.
 *
 * @param trees trees of runs
 * @param runs runs that they consist of
 * @param rows events that they emitted
 * @param tasks finished tasks that they submitted
 * @param keptTrees trees that stay
 * @param isComplete whether all that was chosen is gone; false when it was asked to end before
 * @param archive the file that holds the events, empty when they were not kept
 */
public record PruneReport(
    long trees,
    long runs,
    long rows,
    long tasks,
    long keptTrees,
    boolean isComplete,
    Optional<Path> archive) {}

package dev.runlog.events.payload;

/**
 * A build beside the one that it replaces, over the same time.
 *
 * @param windowMs how long the comparison goes back, in milliseconds
 * @param revision figures of the build
 * @param previous figures of the one that it replaces
 */
public record RevisionComparison(
    long windowMs, RevisionFigures revision, RevisionFigures previous) {}

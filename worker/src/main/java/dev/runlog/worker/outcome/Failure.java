package dev.runlog.worker.outcome;

/**
 * Why an attempt ended without a result.
 *
 * @param summary what happened, for people
 * @param isPermanent whether another attempt cannot help
 */
public record Failure(String summary, boolean isPermanent) {}

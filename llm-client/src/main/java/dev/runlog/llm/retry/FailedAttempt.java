package dev.runlog.llm.retry;

import java.util.Optional;

/**
 * A request that failed.
 *
 * @param attempt which one, counted from 1
 * @param status HTTP status, absent when the connection failed
 * @param errorCode the provider's code of the error
 * @param hints what the answer says about sending it again
 */
public record FailedAttempt(
    int attempt, Optional<Integer> status, Optional<String> errorCode, RetryHints hints) {}

package dev.runlog.events.db;

import java.util.Optional;

/**
 * A row of the events table that has no id yet.
 *
 * @param timestampMillis Unix epoch milliseconds, UTC
 * @param runId the run that emits it, empty for the row that starts a run: its run id is the id
 *     that it gets
 * @param parentRunId the run that spawned the emitter, empty for a root
 * @param instanceId long-lived name of the emitter
 * @param role type of the emitter
 * @param eventType {@code scope.fact}
 * @param payload a JSON object as text
 */
public record EventRow(
    long timestampMillis,
    Optional<Long> runId,
    Optional<Long> parentRunId,
    String instanceId,
    String role,
    String eventType,
    Optional<String> payload) {}

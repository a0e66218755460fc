package dev.runlog.events.stats;

import dev.runlog.events.log.RunId;

/**
 * The calls of one run to one model, the smallest group that a report is made of.
 *
 * @param run the run that made the calls
 * @param instanceId its long-lived name
 * @param role its type
 * @param modelName the model, as answered where it answered
 * @param stats what they came to
 */
record CallTally(RunId run, String instanceId, String role, String modelName, CallStats stats) {}

package dev.runlog.events.stats;

import dev.runlog.events.log.RunId;

/**
 * The calls of one run.
 *
 * @param run the run
 * @param instanceId its long-lived name
 * @param depth how far below the top of the report it stands, 0 for a top
 * @param own its own calls
 * @param inclusive its own calls and those of all its descendants
 */
public record RunCalls(
    RunId run, String instanceId, int depth, CallStats own, CallStats inclusive) {}

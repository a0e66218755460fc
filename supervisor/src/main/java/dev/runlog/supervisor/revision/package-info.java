/**
 * Brings new builds of the worker into the fleet, and takes bad ones out again. Start at {@link
 * dev.runlog.supervisor.revision.Rollout}; what it decides is in {@link
 * dev.runlog.supervisor.revision.RolloutDecision}.
 */
@NullMarked
package dev.runlog.supervisor.revision;

import org.jspecify.annotations.NullMarked;

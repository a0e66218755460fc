/**
 * The fleet file: what a tree of supervisors runs. Start at {@link
 * dev.runlog.supervisor.fleet.FleetFile}.
 */
@NullMarked
package dev.runlog.supervisor.fleet;

import org.jspecify.annotations.NullMarked;

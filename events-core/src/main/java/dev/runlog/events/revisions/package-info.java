/**
 * Builds of the worker on their way into a fleet, and how they do. Start at {@link
 * dev.runlog.events.revisions.RevisionStore}.
 */
@NullMarked
package dev.runlog.events.revisions;

import org.jspecify.annotations.NullMarked;

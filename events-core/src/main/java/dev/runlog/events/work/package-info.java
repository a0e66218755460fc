/**
 * What workers of a build did: tasks, crashes, tokens, with intervals. Start at {@link
 * dev.runlog.events.work.WorkQuery}.
 */
@NullMarked
package dev.runlog.events.work;

import org.jspecify.annotations.NullMarked;

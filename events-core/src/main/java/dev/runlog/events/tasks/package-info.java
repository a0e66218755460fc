/** The durable queue. Start at {@link dev.runlog.events.tasks.TaskQueue}. */
@NullMarked
package dev.runlog.events.tasks;

import org.jspecify.annotations.NullMarked;

/** Whether others live, judged fairly. Start at {@link dev.runlog.supervisor.health.Pulse}. */
@NullMarked
package dev.runlog.supervisor.health;

import org.jspecify.annotations.NullMarked;

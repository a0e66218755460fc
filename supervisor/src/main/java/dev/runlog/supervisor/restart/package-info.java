/**
 * When a child is started again, and when no more. Pure decisions. Start at {@link
 * dev.runlog.supervisor.restart.RestartPolicy}.
 */
@NullMarked
package dev.runlog.supervisor.restart;

import org.jspecify.annotations.NullMarked;

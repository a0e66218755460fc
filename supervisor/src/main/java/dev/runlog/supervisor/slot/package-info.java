/** One child process and its restarts. Start at {@link dev.runlog.supervisor.slot.Slot}. */
@NullMarked
package dev.runlog.supervisor.slot;

import org.jspecify.annotations.NullMarked;

/** What people ask of supervisors. Start at {@link dev.runlog.events.control.CommandQueue}. */
@NullMarked
package dev.runlog.events.control;

import org.jspecify.annotations.NullMarked;

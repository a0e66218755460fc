/** The one start-up path of every process. Start at {@link dev.runlog.process.ProcessStartup}. */
@NullMarked
package dev.runlog.process;

import org.jspecify.annotations.NullMarked;

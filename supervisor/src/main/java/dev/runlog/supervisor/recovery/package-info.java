/**
 * What a dead predecessor left behind. Start at {@link
 * dev.runlog.supervisor.recovery.StaleRunCloser}.
 */
@NullMarked
package dev.runlog.supervisor.recovery;

import org.jspecify.annotations.NullMarked;

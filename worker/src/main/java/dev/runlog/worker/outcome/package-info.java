/** What becomes of a failed attempt. Start at {@link dev.runlog.worker.outcome.TaskOutcome}. */
@NullMarked
package dev.runlog.worker.outcome;

import org.jspecify.annotations.NullMarked;

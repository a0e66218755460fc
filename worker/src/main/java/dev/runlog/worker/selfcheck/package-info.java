/**
 * A build tries itself before it gets any task. Start at {@link
 * dev.runlog.worker.selfcheck.SelfCheck}.
 */
@NullMarked
package dev.runlog.worker.selfcheck;

import org.jspecify.annotations.NullMarked;

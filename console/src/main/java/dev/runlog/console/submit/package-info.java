/**
 * From lines of text to tasks, and waiting for them. Start at {@link
 * dev.runlog.console.submit.TaskLines}.
 */
@NullMarked
package dev.runlog.console.submit;

import org.jspecify.annotations.NullMarked;

/** The commands, one class each. Start at {@link dev.runlog.console.command.RunlogCommand}. */
@NullMarked
package dev.runlog.console.command;

import org.jspecify.annotations.NullMarked;

/**
 * What people use: submits tasks and reads the table. Start at {@link dev.runlog.console.Commands}.
 */
@NullMarked
package dev.runlog.console;

import org.jspecify.annotations.NullMarked;

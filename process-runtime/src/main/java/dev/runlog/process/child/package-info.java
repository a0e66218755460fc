/**
 * Child processes: a command with an environment, watched until it ends. Start at {@link
 * dev.runlog.process.child.ChildProcess}.
 */
@NullMarked
package dev.runlog.process.child;

import org.jspecify.annotations.NullMarked;

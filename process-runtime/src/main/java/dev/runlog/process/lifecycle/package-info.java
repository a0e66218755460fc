/**
 * How a process is asked to end, and how it is kept single. Start at {@link
 * dev.runlog.process.lifecycle.Shutdown}.
 */
@NullMarked
package dev.runlog.process.lifecycle;

import org.jspecify.annotations.NullMarked;

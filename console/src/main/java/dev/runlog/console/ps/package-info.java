/**
 * What runs right now: the log together with the operating system. Start at {@link
 * dev.runlog.console.ps.LiveTree}.
 */
@NullMarked
package dev.runlog.console.ps;

import org.jspecify.annotations.NullMarked;

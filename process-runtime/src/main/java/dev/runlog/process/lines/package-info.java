/** Events as lines for people. Start at {@link dev.runlog.process.lines.EventLines}. */
@NullMarked
package dev.runlog.process.lines;

import org.jspecify.annotations.NullMarked;

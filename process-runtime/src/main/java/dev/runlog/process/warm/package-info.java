/** What makes the start of a JVM quick. Start at {@link dev.runlog.process.warm.WarmStart}. */
@NullMarked
package dev.runlog.process.warm;

import org.jspecify.annotations.NullMarked;

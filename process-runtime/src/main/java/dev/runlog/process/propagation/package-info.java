/**
 * What a process learns from the environment about the one that spawned it, and what it hands to
 * its own children. Start at {@link dev.runlog.process.propagation.ChildEnvironment}.
 */
@NullMarked
package dev.runlog.process.propagation;

import org.jspecify.annotations.NullMarked;

/**
 * The kernel: spawns and watches OS processes, knows no LLM. Start at {@link
 * dev.runlog.supervisor.Supervisor}.
 */
@NullMarked
package dev.runlog.supervisor;

import org.jspecify.annotations.NullMarked;

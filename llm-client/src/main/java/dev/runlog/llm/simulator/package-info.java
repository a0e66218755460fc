/**
 * A small server with OpenAI's wire format, for people without a key and for tests. Start at {@link
 * dev.runlog.llm.simulator.Simulator}.
 */
@NullMarked
package dev.runlog.llm.simulator;

import org.jspecify.annotations.NullMarked;

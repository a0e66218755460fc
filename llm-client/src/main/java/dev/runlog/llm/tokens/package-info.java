/**
 * Counts what fills the context of a request before it is sent. The rules are those that recorded
 * calls of OpenAI's API show, not those that it documents. Start at {@link
 * dev.runlog.llm.tokens.ContextCounter}.
 */
@NullMarked
package dev.runlog.llm.tokens;

import org.jspecify.annotations.NullMarked;

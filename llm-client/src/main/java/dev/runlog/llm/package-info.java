/**
 * Calls models over OpenAI's wire format and logs each call with what filled its context and what
 * the provider billed. Start at {@link dev.runlog.llm.LlmClient}.
 */
@NullMarked
package dev.runlog.llm;

import org.jspecify.annotations.NullMarked;

/**
 * OpenAI's wire format: how a request travels, and what its errors say. Start at {@link
 * dev.runlog.llm.openai.OpenAiTransport}.
 */
@NullMarked
package dev.runlog.llm.openai;

import org.jspecify.annotations.NullMarked;

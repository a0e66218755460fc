/**
 * Decides whether a failed request is sent again, and when, as OpenAI's own clients do. Start at
 * {@link dev.runlog.llm.retry.RetryPolicy}.
 */
@NullMarked
package dev.runlog.llm.retry;

import org.jspecify.annotations.NullMarked;

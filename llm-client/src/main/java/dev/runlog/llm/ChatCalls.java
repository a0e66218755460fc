package dev.runlog.llm;

import dev.runlog.events.log.EventAppender;
import dev.runlog.events.log.EventId;
import dev.runlog.llm.openai.OpenAiTransport;
import dev.runlog.llm.openai.Redactor;
import dev.runlog.llm.retry.RetryPolicy;
import dev.runlog.llm.tokens.ContextCounter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What all chat calls of a client share. Thread-safe.
 *
 * @param totalTimeout for one call, its retries included
 * @param closed whether the client was closed meanwhile
 */
record ChatCalls(
    OpenAiTransport transport,
    EventAppender events,
    ContextCounter counter,
    RetryPolicy retries,
    Redactor redactor,
    Duration totalTimeout,
    CallTiming timing,
    BooleanSupplier closed) {

  static final String ENDPOINT = "/chat/completions";

  ChatResponse run(ChatRequest request, Optional<EventId> parentEvent) {
    CallLog log = CallLog.start(this, request, parentEvent);
    return log.closing(() -> new ChatCall(this, request, log).answer());
  }
}
